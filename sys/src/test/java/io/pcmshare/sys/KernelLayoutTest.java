package io.pcmshare.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.StructLayout;

/** Sizes and offsets as a C compiler gives them on x86-64, headers of Linux 6.1. */
final class KernelLayoutTest {
    private static long offset(StructLayout layout, String field) {
        return layout.byteOffset(PathElement.groupElement(field));
    }

    @Test
    void statxHasItsInodeAt32AndItsSizeAt40() { // linux/stat.h
        assertThat(Statx.LAYOUT.byteSize()).isEqualTo(256);
        assertThat(offset(Statx.LAYOUT, "stx_ino")).isEqualTo(32);
        assertThat(offset(Statx.LAYOUT, "stx_size")).isEqualTo(40);
    }

    @Test
    void epollEventIsPackedOnX86() { // linux/eventpoll.h
        assumeTrue(Arch.current() == Arch.X86_64, "packed on x86-64 only");
        assertThat(Epoll.LAYOUT.byteSize()).isEqualTo(12);
        assertThat(offset(Epoll.LAYOUT, "data")).isEqualTo(4);
    }

    @Test
    void messageHeaderIs56Bytes() { // sys/socket.h, struct msghdr
        assertThat(SocketMessage.HEADER.byteSize()).isEqualTo(56);
        assertThat(offset(SocketMessage.HEADER, "msg_namelen")).isEqualTo(8);
        assertThat(offset(SocketMessage.HEADER, "msg_iov")).isEqualTo(16);
        assertThat(offset(SocketMessage.HEADER, "msg_iovlen")).isEqualTo(24);
        assertThat(offset(SocketMessage.HEADER, "msg_control")).isEqualTo(32);
        assertThat(offset(SocketMessage.HEADER, "msg_controllen")).isEqualTo(40);
        assertThat(offset(SocketMessage.HEADER, "msg_flags")).isEqualTo(48);
        assertThat(SocketMessage.CONTROL.byteSize()).isEqualTo(16);
    }

    @Test
    void socketAddressIs110Bytes() { // sys/un.h, struct sockaddr_un
        assertThat(SocketAddresses.LAYOUT.byteSize()).isEqualTo(110);
        assertThat(offset(SocketAddresses.LAYOUT, "sun_path")).isEqualTo(2);
    }

    @Test
    void smallStructuresHaveTheKernelsSizes() {
        assertThat(Timespec.LAYOUT.byteSize()).isEqualTo(16);
        assertThat(TimerSetting.LAYOUT.byteSize()).isEqualTo(32);
        assertThat(IoVector.LAYOUT.byteSize()).isEqualTo(16);
        assertThat(PollEntry.LAYOUT.byteSize()).isEqualTo(8);
    }
}
