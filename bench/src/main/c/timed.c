/*
 * timed [-n TIMES] [-o FILE] PROGRAM [ARGUMENT...] - runs a program, TIMES times, and appends to FILE
 * (standard error unless said) for each the milliseconds that passed, and the milliseconds of
 * processor time of it and of all its children that it waited for: those of the program and those of
 * the kernel for it.
 *
 *     WALL USER SYSTEM
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double millis_of(struct timeval time) {
    return (double)time.tv_sec * 1e3 + (double)time.tv_usec / 1e3;
}

static double now_millis(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

/* The exit status. */
static int run(char **argv, FILE *out) {
    int status;
    struct rusage usage;
    double from = now_millis();
    pid_t pid = fork();
    if (pid == 0) {
        execvp(argv[0], argv);
        perror(argv[0]);
        _exit(127);
    }
    if (pid < 0 || wait4(pid, &status, 0, &usage) != pid) {
        perror("timed");
        return 125;
    }
    fprintf(out, "%.2f %.2f %.2f\n", now_millis() - from, millis_of(usage.ru_utime),
            millis_of(usage.ru_stime));
    fflush(out);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(int argc, char **argv) {
    int times = 1, option, status = 0;
    FILE *out = stderr;
    while ((option = getopt(argc, argv, "+n:o:")) != -1) {
        if (option == 'n') {
            times = atoi(optarg);
        } else if (option != 'o' || (out = fopen(optarg, "ae")) == NULL) {
            fputs("usage: timed [-n TIMES] [-o FILE] PROGRAM [ARGUMENT...]\n", stderr);
            return 2;
        }
    }
    for (int i = 0; i < times && status == 0; i++) status = run(argv + optind, out);
    return status;
}
