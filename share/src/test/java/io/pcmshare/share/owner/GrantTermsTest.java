package io.pcmshare.share.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.MmapControl;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.clock.FrameTime;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.share.Permissions;
import io.pcmshare.share.Right;
import io.pcmshare.share.audit.AuditEvent;
import io.pcmshare.share.audit.AuditEvent.Kind;
import io.pcmshare.share.audit.Subject;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.Mapping;
import io.pcmshare.testkit.NoFdLeaks;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a grant is given for: until when, for how much, to whom; and what is said of it. */
@NoFdLeaks
@Timeout(60)
final class GrantTermsTest {
    private static final int READ_WRITE = Mapping.PROT_READ | Mapping.PROT_WRITE;
    private static final Subject PLAYER = new Subject(1000, 412, "/usr/bin/player", "");
    private static final Subject FRIEND = new Subject(1001, 7, "/opt/a \"b\"/x", "label_t");

    private final SharedCard card = new SharedCard(PcmStream.PLAYBACK, new MemfdRegions());
    private final SharedStream stream = card.stream;
    private final List<String> takenBack = new ArrayList<>();

    @AfterEach
    void closeCard() {
        card.close();
    }

    private Grant grant(GrantTerms terms) {
        Grant made = card.grant(terms);
        made.onTakenBack(takenBack::add);
        return made;
    }

    /** Fills the ring with ones and lets the pointer run far ahead. */
    private void playOnes(Grant grant) throws IOException {
        List<Fd> fds = grant.borrowFds();
        try (Mapping ring = map(fds.get(0), READ_WRITE);
                Mapping control = map(fds.get(2), READ_WRITE)) {
            ring.segment().fill((byte) 1);
            new MmapControl(control.segment()).applPtr(SharedCard.BUFFER);
        }
        assertThat(stream.start()).isZero();
    }

    /** Its owner fills the ring up, with what lies there. */
    private void playOn() {
        stream.owner().applPtr(stream.owner().hwPtr() + SharedCard.BUFFER);
    }

    private static Mapping map(Fd fd, int prot) throws IOException {
        return Mapping.map(fd, 0, fd.size(), prot, Mapping.MAP_SHARED);
    }

    /** How many frames of ones were heard, and that there are no others behind silence. */
    private long onesHeard() {
        byte[] heard = card.ops.heard();
        int ones = 0;
        while (ones < heard.length && heard[ones] == 1) {
            ones++;
        }
        for (int i = ones; i < heard.length; i++) {
            assertThat(heard[i]).as("byte %s, after the cut", i).isZero();
        }
        return ones / SharedCard.FRAME_BYTES;
    }

    @Test
    void aQuotaIsHeardToTheFrameAndNoFurther() throws IOException {
        List<String> due = new ArrayList<>();
        stream.onLimitDue(() -> due.add("due"));
        Grant grant = grant(new GrantTerms(Permissions.PAGES, GrantTerms.NEVER, 2345, PLAYER));
        playOnes(grant);

        assertThat(stream.enforceLimits()).isEqualTo(GrantTerms.NEVER);
        card.periods(1);
        assertThat(due).containsExactly("due");
        stream.enforceLimits();
        playOn();
        card.periods(3);

        assertThat(takenBack).containsExactly("quota used up");
        assertThat(grant.isRevoked()).isTrue();
        assertThat(onesHeard()).isEqualTo(2345);
        assertThat(stream.owner().state()).isEqualTo(PcmState.RUNNING);
    }

    @Test
    void aQuotaIsNotExceededHoweverLateItIsEnforced() throws IOException {
        Grant grant = grant(new GrantTerms(Permissions.PAGES, GrantTerms.NEVER, 1234, PLAYER));
        playOnes(grant);

        card.periods(3);
        assertThat(onesHeard()).isEqualTo(1234);
        stream.enforceLimits();
        playOn();
        card.periods(2);

        assertThat(onesHeard()).isEqualTo(1234);
        assertThat(card.ops.heard()).as("silence of its owner").hasSizeGreaterThan(2000 * 4);
    }

    @Test
    void aQuotaCountsWhateverTheHolderAsksToBeWokenFor() throws IOException {
        Grant grant = grant(new GrantTerms(Permissions.PAGES, GrantTerms.NEVER, 3000, PLAYER));
        List<Fd> fds = grant.borrowFds();
        playOnes(grant);
        try (Mapping control = map(fds.get(2), READ_WRITE)) {
            new MmapControl(control.segment()).availMin(Long.MAX_VALUE);

            card.periods(1);
        }

        assertThat(grant.leftFrames()).isEqualTo(2000);
    }

    @Test
    void timeEndsAGrantWithinAPeriod() throws IOException {
        long leftNanos = FrameTime.nanos(1500, SharedCard.RATE);
        long expires = card.clock.monotonicNanos() + leftNanos;
        List<String> due = new ArrayList<>();
        stream.onLimitDue(() -> due.add("due"));
        Grant grant =
                grant(new GrantTerms(Permissions.PAGES, expires, GrantTerms.UNLIMITED, PLAYER));
        playOnes(grant);

        assertThat(stream.enforceLimits()).isEqualTo(leftNanos);
        card.periods(1);
        assertThat(due).isEmpty();
        card.periods(1);
        assertThat(due).containsExactly("due");
        stream.enforceLimits();
        playOn();
        card.periods(3);

        assertThat(takenBack).containsExactly("expired");
        assertThat(onesHeard()).isEqualTo(2000);
        assertThat(grant.file().drop()).isEqualTo(Errno.ENODEV.negated());
    }

    @Test
    void timeEndsAGrantOfAStreamThatDoesNotRun() throws IOException {
        long expires = card.clock.monotonicNanos() + 500;
        Grant grant =
                grant(new GrantTerms(Permissions.PAGES, expires, GrantTerms.UNLIMITED, PLAYER));
        assertThat(stream.enforceLimits()).isEqualTo(500);
        assertThat(grant.isRevoked()).isFalse();

        card.clock.advance(500);
        stream.enforceLimits();

        assertThat(grant.isRevoked()).isTrue();
    }

    @Test
    void whatIsMadeOfAGrantHasNoMoreThanIsLeftOfIt() throws Exception {
        long expires = card.clock.monotonicNanos() + 1_000_000_000;
        Grant grant = grant(new GrantTerms(Permissions.FULL, expires, 3500, PLAYER));
        playOnes(grant);
        card.periods(1);

        Grant child = grant.narrow(Permissions.PAGES, FRIEND);

        assertThat(child.terms())
                .isEqualTo(new GrantTerms(Permissions.PAGES, expires, 2500, FRIEND));
    }

    @Test
    void whatWasMadeOfAGrantIsTakenBackWithIt() throws Exception {
        Grant grant = grant(GrantTerms.of(Permissions.FULL, PLAYER));
        Grant child = grant.narrow(Permissions.PAGES, FRIEND);
        Grant grandchild = child.narrow(Permissions.BUFFER, FRIEND);
        Grant other = grant(GrantTerms.of(Permissions.PAGES, FRIEND));
        child.onTakenBack(takenBack::add);

        grant.revoke();

        assertThat(List.of(grant.isRevoked(), child.isRevoked(), grandchild.isRevoked()))
                .containsOnly(true);
        assertThat(other.isRevoked()).isFalse();
        assertThat(takenBack).containsExactly("taken back");
        assertThat(stream.grants()).containsExactly(other);
    }

    @Test
    void aDescriptorToReadCannotBeMappedToWrite() throws IOException {
        Permissions listen =
                Permissions.ofRights(Right.MAP_BUFFER_READ, Right.MAP_STATUS, Right.PLAY);
        Grant grant = grant(GrantTerms.of(listen, PLAYER));
        Fd ring = grant.borrowFds().getFirst();

        try (Mapping readable = map(ring, Mapping.PROT_READ)) {
            assertThat(readable.segment().byteSize()).isPositive();
            assertThatThrownBy(() -> map(ring, READ_WRITE).close())
                    .isInstanceOfSatisfying(
                            ErrnoException.class, e -> assertThat(e.is(Errno.EACCES)).isTrue());
            MemorySegment memory = readable.segment();
            assertThatThrownBy(
                            () -> memory.set(java.lang.foreign.ValueLayout.JAVA_BYTE, 0, (byte) 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void withoutTheAnswerToItsQuestionNobodyGetsAnyOfAStream() {
        GrantTerms silent = GrantTerms.of(Permissions.FULL.without(Right.PLAY), PLAYER);

        assertThatThrownBy(() -> stream.grant(silent))
                .isInstanceOfSatisfying(
                        PcmOpenException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EPERM));
        try (SharedCard monitor = new SharedCard(PcmStream.CAPTURE, new MemfdRegions())) {
            GrantTerms microphone =
                    GrantTerms.of(Permissions.FULL.without(Right.RECORD_PROGRAMS), PLAYER);
            assertThatThrownBy(() -> monitor.stream.grant(microphone))
                    .isInstanceOf(PcmOpenException.class);
        }
    }

    @Test
    void everythingThatIsGivenAndTakenIsSaid() throws Exception {
        Grant grant = grant(GrantTerms.of(Permissions.FULL, PLAYER));
        Grant child = grant.narrow(Permissions.BUFFER, FRIEND);
        assertThat(child.anonymousDup(0)).isEqualTo(new DupResult.Refused(Errno.ENOTTY));
        assertThatThrownBy(() -> grant.narrow(Permissions.NONE, FRIEND))
                .isInstanceOf(PcmOpenException.class);
        child.close();
        grant.revoke();
        grant.close();

        assertThat(card.audit)
                .extracting(AuditEvent::kind)
                .containsExactly(
                        Kind.GRANT,
                        Kind.NARROWING,
                        Kind.REFUSAL,
                        Kind.REFUSAL,
                        Kind.RELEASE,
                        Kind.REVOCATION);
        assertThat(card.audit.get(0).line())
                .isEqualTo(
                        "event=grant stream=hw:0,0,0:playback uid=1000 pid=412"
                                + " exe=/usr/bin/player permissions=everything result=ok");
        assertThat(card.audit.get(1).line())
                .isEqualTo(
                        "event=narrowing stream=hw:0,0,0:playback uid=1001 pid=7"
                                + " exe=\"/opt/a \\u0022b\\u0022/x\" label=label_t"
                                + " permissions=MAP_BUFFER result=ok");
    }

    @Test
    void aFlightRecordingHasTheSame(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("audit.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("io.pcmshare.Audit");
            recording.start();
            grant(GrantTerms.of(Permissions.BUFFER, FRIEND)).close();
            recording.dump(file);
        }

        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        assertThat(events)
                .extracting(event -> event.getString("event"))
                .containsExactly("GRANT", "RELEASE");
        RecordedEvent event = events.getFirst();
        assertThat(event.getString("stream")).isEqualTo("hw:0,0,0:playback");
        assertThat(event.getInt("uid")).isEqualTo(FRIEND.uid());
        assertThat(event.getInt("pid")).isEqualTo(FRIEND.pid());
        assertThat(event.getString("executable")).isEqualTo(FRIEND.executable());
        assertThat(event.getString("securityLabel")).isEqualTo("label_t");
        assertThat(event.getString("permissions")).isEqualTo("MAP_BUFFER");
        assertThat(event.getString("result")).isEqualTo("ok");
    }
}
