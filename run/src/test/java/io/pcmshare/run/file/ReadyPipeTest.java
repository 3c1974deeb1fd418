package io.pcmshare.run.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.run.file.ReadyPipe.Show;
import io.pcmshare.sys.Epoll;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.KernelLocks;
import io.pcmshare.sys.Poll;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;

/** What the holder of a pipe's end sees, as the kernel's poll(2) tells him. */
@NoFdLeaks
@Timeout(60)
final class ReadyPipeTest {
    private static final long DATA = 7;
    private static final int ANY = Poll.POLLIN | Poll.POLLOUT;

    private static ReadyPipe.Made make(boolean programWrites, Epoll epoll) throws IOException {
        return ReadyPipe.create(programWrites, Fd.O_NONBLOCK, new ReadyPipe.Watch(epoll, DATA));
    }

    private static int events(Fd programEnd) {
        return Poll.once(programEnd, ANY, 0);
    }

    @Test
    void aPlayersEndShowsWhatAPcmShows() throws IOException {
        try (Epoll epoll = Epoll.create(4)) {
            ReadyPipe.Made made = make(true, epoll);
            try (ReadyPipe pipe = made.pipe();
                    Fd end = made.programEnd()) {
                assertThat(events(end)).isEqualTo(Poll.POLLOUT);
                pipe.show(Show.WAIT);
                assertThat(events(end)).isZero();
                pipe.show(Show.READY_ERROR);
                assertThat(events(end)).isEqualTo(Poll.POLLOUT | Poll.POLLERR);
                pipe.show(Show.ERROR);
                assertThat(events(end)).isEqualTo(Poll.POLLERR);
                pipe.show(Show.READY);
                assertThat(events(end)).isEqualTo(Poll.POLLOUT);
            }
        }
    }

    @Test
    void aReadersEndShowsWhatAPipeCanOfIt() throws IOException {
        try (Epoll epoll = Epoll.create(4)) {
            ReadyPipe.Made made = make(false, epoll);
            try (ReadyPipe pipe = made.pipe();
                    Fd end = made.programEnd()) {
                assertThat(events(end)).isZero();
                pipe.show(Show.READY);
                assertThat(events(end)).isEqualTo(Poll.POLLIN);
                pipe.show(Show.READY_ERROR);
                assertThat(events(end)).isEqualTo(Poll.POLLIN | Poll.POLLHUP);
                pipe.show(Show.WAIT);
                assertThat(events(end)).isZero();
                pipe.show(Show.ERROR);
                assertThat(events(end)).isEqualTo(Poll.POLLHUP);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theLastCloseIsToldWhileNoErrorIsShown(boolean programWrites) throws IOException {
        try (Epoll epoll = Epoll.create(4)) {
            ReadyPipe.Made made = make(programWrites, epoll);
            try (ReadyPipe pipe = made.pipe()) {
                Fd copy = made.programEnd().dup();
                made.programEnd().close();
                assertThat(epoll.wait(0)).as("a copy is left").isZero();
                copy.close();
                assertThat(epoll.wait(0)).isEqualTo(1);
                assertThat(epoll.data(0)).isEqualTo(DATA);
                assertThat(pipe.isHungUp()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whileAnErrorIsShownTheLastCloseCanBeAskedFor(boolean programWrites) throws IOException {
        try (Epoll epoll = Epoll.create(4)) {
            ReadyPipe.Made made = make(programWrites, epoll);
            try (ReadyPipe pipe = made.pipe()) {
                pipe.show(Show.READY_ERROR);
                assertThat(pipe.isWatched()).isFalse();
                assertThat(KernelLocks.now().isHeld(pipe.id(), ReadyPipe.MARK)).isTrue();
                made.programEnd().close();
                assertThat(KernelLocks.now().isHeld(pipe.id(), ReadyPipe.MARK)).isFalse();
            }
        }
    }

    @Test
    void whatAProgramWritesIntoItsEndIsInNobodysWay() throws IOException {
        try (Epoll epoll = Epoll.create(4);
                var arena = java.lang.foreign.Arena.ofConfined()) {
            ReadyPipe.Made made = make(true, epoll);
            try (ReadyPipe pipe = made.pipe();
                    Fd end = made.programEnd()) {
                assertThat(end.write(arena.allocate(100), 0, 100)).isEqualTo(100);
                pipe.show(Show.WAIT);
                assertThat(events(end)).isZero();
                pipe.show(Show.READY);
                assertThat(events(end)).isEqualTo(Poll.POLLOUT);
            }
        }
    }

    @Test
    void theProgramsEndIsGivenTheFlagsThatItAskedFor() throws IOException {
        try (Epoll epoll = Epoll.create(4)) {
            ReadyPipe.Made made =
                    ReadyPipe.create(true, Fd.O_APPEND, new ReadyPipe.Watch(epoll, DATA));
            try (ReadyPipe pipe = made.pipe();
                    Fd end = made.programEnd()) {
                int status = Fd.O_APPEND | Fd.O_NONBLOCK;
                assertThat(end.getFlags() & status).isEqualTo(Fd.O_APPEND);
                assertThat(pipe.id()).isEqualTo(end.id());
            }
        }
    }
}
