package io.pcmshare.server.policy;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Questions that somebody is thinking about, and answers that are remembered. The same question is
 * asked once at a time, whoever waits for it. Threads: any; nobody waits here but the thread of a
 * question.
 */
final class Questions implements AutoCloseable {
    /** More is somebody who wants to fill the screen. */
    private static final int MAX_AT_ONCE = 16;

    /** Answers beyond these are forgotten, the oldest first. */
    private static final int MAX_REMEMBERED = 1024;

    /**
     * What a question is about. Programs of which nothing is known have nothing in common: each
     * process is asked about for itself.
     */
    private record Key(Rule rule, String program, int uid, SoundClass about) {
        static Key of(Rule rule, StreamRequest request) {
            String exe = request.subject().executable();
            String program = exe.isEmpty() ? "pid " + request.subject().pid() : exe;
            return new Key(rule.at(""), program, request.subject().uid(), request.soundClass());
        }

        boolean isKnown() {
            return program.startsWith("/");
        }
    }

    /** An answer. */
    private record Answer(String refusal, long fromNanos, long forNanos) {
        boolean holds(long now) {
            return forNanos == AskHook.ALWAYS || now - fromNanos < forNanos;
        }
    }

    private final Asker asker;
    private final LongSupplier clock;
    private final ThreadFactory threads;
    private final Map<Key, List<Consumer<String>>> waiting = new HashMap<>();
    private final Map<Key, Answer> remembered = new LinkedHashMap<>();
    private final List<Thread> asking = new ArrayList<>();
    private boolean closed;

    Questions(Asker asker, LongSupplier clock) {
        this.asker = asker;
        this.clock = clock;
        this.threads = Thread.ofVirtual().name("pcm-ask-", 0).factory();
    }

    /**
     * Asks, unless the answer is known.
     *
     * @param answer is told why not; empty for yes
     */
    void ask(Rule rule, AskHook hook, StreamRequest request, Consumer<String> answer) {
        Key key = Key.of(rule, request);
        String known = begin(key, hook, request, answer);
        if (known != null) {
            answer.accept(known);
        }
    }

    /** What is remembered to have been said, {@code null} for nothing. */
    synchronized @Nullable String remembered(Rule rule, StreamRequest request) {
        return remembered(Key.of(rule, request));
    }

    /** The answer if it is known already; otherwise sees to it that somebody is asked. */
    private synchronized @Nullable String begin(
            Key key, AskHook hook, StreamRequest request, Consumer<String> answer) {
        String known = remembered(key);
        if (known != null) {
            return known;
        }
        List<Consumer<String>> others = waiting.get(key);
        if (others != null) {
            others.add(answer);
            return null;
        }
        if (closed || waiting.size() >= MAX_AT_ONCE) {
            return closed ? "the server is ending" : "too many questions are open";
        }
        waiting.put(key, new ArrayList<>(List.of(answer)));
        Thread thread = threads.newThread(() -> think(key, hook, request));
        asking.add(thread);
        thread.start();
        return null;
    }

    private @Nullable String remembered(Key key) {
        Answer answer = remembered.get(key);
        if (answer != null && !answer.holds(clock.getAsLong())) {
            remembered.remove(key);
            return null;
        }
        return answer == null ? null : answer.refusal();
    }

    private void think(Key key, AskHook hook, StreamRequest request) {
        String refusal;
        boolean answered = false;
        try {
            refusal = asker.refusal(hook, request);
            answered = true;
        } catch (InterruptedException e) {
            refusal = "the server is ending";
        } catch (RuntimeException e) {
            refusal = "it could not be asked: " + e;
        }
        RuntimeException failure = null;
        for (Consumer<String> answer : finish(key, hook, refusal, answered)) {
            try {
                answer.accept(refusal);
            } catch (RuntimeException e) { // the others are to hear of it all the same
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private synchronized List<Consumer<String>> finish(
            Key key, AskHook hook, String refusal, boolean answered) {
        asking.remove(Thread.currentThread());
        if (answered && hook.rememberNanos() > 0 && key.isKnown()) {
            if (remembered.size() >= MAX_REMEMBERED) {
                remembered.remove(remembered.keySet().iterator().next());
            }
            remembered.put(key, new Answer(refusal, clock.getAsLong(), hook.rememberNanos()));
        }
        List<Consumer<String>> all = waiting.remove(key);
        return all == null ? List.of() : all;
    }

    /** Ends what is being asked; the answers are no. */
    @Override
    public void close() {
        List<Thread> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(asking);
        }
        all.forEach(Thread::interrupt);
    }
}
