package io.pcmshare.cards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

final class CloserTest {
    private final List<String> closed = new ArrayList<>();
    private final Closer closer = new Closer();

    @Test
    void theLastIsClosedFirstAndAllAreTriedWhateverFails() {
        closer.add(() -> closed.add("card 0"));
        closer.add(
                () -> {
                    closed.add("card 1");
                    throw new IllegalStateException("second");
                });
        closer.add(
                () -> {
                    closed.add("card 2");
                    throw new IOException("first");
                });

        Throwable failure = catchThrowable(closer::close);

        assertThat(closed).containsExactly("card 2", "card 1", "card 0");
        assertThat(failure).isInstanceOf(IOException.class).hasMessage("first");
        assertThat(failure.getSuppressed())
                .singleElement()
                .hasToString("java.lang.IllegalStateException: second");
    }

    @Test
    void whatWasClosedIsNotClosedAgain() throws IOException {
        closer.add(() -> closed.add("card 0"));

        closer.close();
        closer.close();

        assertThat(closed).containsExactly("card 0");
    }
}
