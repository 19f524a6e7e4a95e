/* strike LOG N ACTION MARKER PROGRAM ARGUMENT...
 *
 * Runs a program and strikes at its N-th system call, counted over all its threads and children from the first one on that names MARKER in
 * a path or opens a netlink socket. ACTION is "kill", which ends the process before the call is made, or the number of the error with which the
 * call fails without being made, or "beside", which stops the program there until the shell command in the environment variable STRIKE_BESIDE has
 * ended, or has waited for the program for PATIENCE milliseconds. N = 0 strikes nowhere. LOG gets the calls, a name each, with "beside" a line
 * "! STATUS" with what the command ended, and the last line says what came of it.
 *
 * N may be "@FILE" for a program that serves: the count begins once FILE is there, and N is what it says. SIGTERM kills the program, and strike
 * ends when it is gone.
 *
 * strace can do this too, but it counts each call by its name and thread: the second thread's first socket() is then out of reach.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#if !defined(__x86_64__)
#error "strike knows the registers of x86-64 alone"
#endif

/* What can be seen from outside the process, or tells it of the outside. at: which argument is a path; -1 is none. */
static const struct { long number; const char *name; int at; } calls[] = {
    { SYS_open, "open", 0 }, { SYS_openat, "openat", 1 }, { SYS_mkdir, "mkdir", 0 }, { SYS_mkdirat, "mkdirat", 1 },
    { SYS_unlink, "unlink", 0 }, { SYS_unlinkat, "unlinkat", 1 }, { SYS_rmdir, "rmdir", 0 },
    { SYS_rename, "rename", 0 }, { SYS_renameat, "renameat", 1 }, { SYS_renameat2, "renameat2", 1 },
    { SYS_symlink, "symlink", 1 }, { SYS_symlinkat, "symlinkat", 2 }, { SYS_link, "link", 0 }, { SYS_linkat, "linkat", 1 },
    { SYS_readlink, "readlink", 0 }, { SYS_readlinkat, "readlinkat", 1 }, { SYS_getdents64, "getdents64", -1 },
    { SYS_read, "read", -1 }, { SYS_pread64, "pread64", -1 }, { SYS_write, "write", -1 }, { SYS_pwrite64, "pwrite64", -1 },
    { SYS_ftruncate, "ftruncate", -1 }, { SYS_fsync, "fsync", -1 }, { SYS_fchmod, "fchmod", -1 }, { SYS_flock, "flock", -1 },
    { SYS_ioctl, "ioctl", -1 }, { SYS_socket, "socket", -1 }, { SYS_setsockopt, "setsockopt", -1 }, { SYS_bind, "bind", -1 },
    { SYS_sendto, "sendto", -1 }, { SYS_sendmsg, "sendmsg", -1 }, { SYS_recvfrom, "recvfrom", -1 }, { SYS_recvmsg, "recvmsg", -1 },
    { SYS_setns, "setns", -1 }, { SYS_unshare, "unshare", -1 }, { SYS_mount, "mount", 1 }, { SYS_umount2, "umount2", 0 },
};
enum { CALLS = sizeof calls / sizeof *calls, PATIENCE = 400 };

static void die(const char *what) { perror(what); exit(125); }

static void filter(void) {
    struct sock_filter code[CALLS + 4];
    int n = 0;
    code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    for (int i = 0; i < CALLS; i++)
        code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, calls[i].number, CALLS - i, 0);
    code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE);
    struct sock_fprog program = { n, code };
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)) die("seccomp");
}

static unsigned long long argument(const struct user_regs_struct *regs, int at) {
    switch (at) { case 0: return regs->rdi; case 1: return regs->rsi; default: return regs->rdx; }
}

static int names(pid_t pid, unsigned long long address, const char *marker) {
    char path[512] = "";
    struct iovec local = { path, sizeof path - 1 }, remote = { (void *)address, sizeof path - 1 };
    if (process_vm_readv(pid, &local, 1, &remote, 1, 0) < 0) { /* it may end at a page's end */
        local.iov_len = remote.iov_len = 64;
        (void)!process_vm_readv(pid, &local, 1, &remote, 1, 0);
    }
    return strstr(path, marker) != NULL;
}

static pid_t group(pid_t thread) {
    char path[64], line[128];
    pid_t found = thread;
    snprintf(path, sizeof path, "/proc/%d/status", thread);
    FILE *status = fopen(path, "r");
    while (status && fgets(line, sizeof line, status)) if (sscanf(line, "Tgid: %d", &found) == 1) break;
    if (status) fclose(status);
    return found;
}

/* Runs the command beside. 0: it has ended, with that status. Otherwise it is this process, which goes on. */
static pid_t beside(int *status) {
    pid_t pid = fork();
    if (pid == 0) {
        execl("/bin/sh", "sh", "-c", getenv("STRIKE_BESIDE"), (char *)NULL);
        die("sh");
    }
    for (int waited = 0; waited < PATIENCE; waited++) {
        if (waitpid(pid, status, WNOHANG) == pid) return 0;
        nanosleep(&(struct timespec){ 0, 1000000 }, NULL);
    }
    return pid;
}

/* Whether the file that says where to strike is there; it comes whole, by a rename. */
static int armed(const char *path, long *wanted) {
    FILE *file = fopen(path, "re");
    if (!file) return 0;
    int isRead = fscanf(file, "%ld", wanted) == 1;
    fclose(file);
    return isRead;
}

static int code(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

static pid_t child;
static void end(int signal) { (void)signal; kill(child, SIGKILL); }

int main(int argc, char **argv) {
    if (argc < 6) { fprintf(stderr, "strike LOG N ACTION MARKER PROGRAM ARGUMENT...\n"); return 125; }
    FILE *log = fopen(argv[1], "we");
    const char *file = argv[2][0] == '@' ? argv[2] + 1 : NULL;
    long wanted = file ? 0 : atol(argv[2]), count = 0;
    int error = atoi(argv[3]), begun = 0, status, outcome = 125, isBeside = strcmp(argv[3], "beside") == 0;
    pid_t companion = 0;
    if (!log) die(argv[1]);
    setlinebuf(log);
    child = fork();
    if (child == 0) {
        ptrace(PTRACE_TRACEME, 0, 0, 0);
        raise(SIGSTOP);
        filter();
        execvp(argv[5], argv + 5);
        die(argv[5]);
    }
    if (child < 0 || waitpid(child, &status, 0) != child) die("fork");
    long options = PTRACE_O_TRACESECCOMP | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL;
    if (ptrace(PTRACE_SETOPTIONS, child, 0, options)) die("ptrace");
    sigaction(SIGTERM, &(struct sigaction){ .sa_handler = end, .sa_flags = SA_RESTART }, NULL);
    ptrace(PTRACE_CONT, child, 0, 0);
    const char *struck = NULL;
    for (pid_t pid; (pid = waitpid(-1, &status, __WALL)) > 0;) {
        if (WIFEXITED(status) || WIFSIGNALED(status)) {
            if (pid == child) outcome = code(status);
            if (pid == companion) fprintf(log, "! %d\n", code(status));
            continue;
        }
        int event = status >> 16, signal = WSTOPSIG(status);
        if (event == PTRACE_EVENT_SECCOMP) {
            struct user_regs_struct regs;
            if (ptrace(PTRACE_GETREGS, pid, 0, &regs) == 0) {
                int i = 0;
                while (i < CALLS && calls[i].number != (long)regs.orig_rax) i++;
                if (i < CALLS && !begun)
                    begun = file ? armed(file, &wanted) : (calls[i].number == SYS_socket && regs.rdi == AF_NETLINK) || (calls[i].at >= 0 && names(pid, argument(&regs, calls[i].at), argv[4]));
                if (i < CALLS && begun) {
                    count++;
                    fprintf(log, "%s\n", calls[i].name);
                    if (count == wanted) {
                        struck = calls[i].name;
                        if (isBeside) {
                            int ended;
                            companion = beside(&ended);
                            if (companion == 0) fprintf(log, "! %d\n", code(ended));
                        } else if (error == 0) kill(group(pid), SIGKILL);
                        else { regs.orig_rax = -1; regs.rax = -error; ptrace(PTRACE_SETREGS, pid, 0, &regs); }
                    }
                }
            }
            ptrace(PTRACE_CONT, pid, 0, 0);
        } else if (event != 0 || signal == SIGSTOP || signal == SIGTRAP) {
            ptrace(PTRACE_CONT, pid, 0, 0);
        } else {
            ptrace(PTRACE_CONT, pid, 0, signal);
        }
    }
    fprintf(log, "= %s\n", struck ? struck : "nothing");
    fclose(log);
    return outcome;
}
