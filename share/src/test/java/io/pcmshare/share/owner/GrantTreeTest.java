package io.pcmshare.share.owner;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmIoctl;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.core.pcm.Region;
import io.pcmshare.core.pcm.RegionSource;
import io.pcmshare.share.Permissions;
import io.pcmshare.share.audit.Subject;
import io.pcmshare.testkit.Seeds;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random trees of dup, narrow, pass, close and revoke against a model of one line a node: no node
 * ever does what one of its ancestors could not, nor what it has lost.
 */
@Timeout(300)
final class GrantTreeTest {
    private static final int TREES = 100_000;
    private static final Subject SOMEBODY = new Subject(1000, 1, "", "");
    private static final Arena ARENA = Arena.ofAuto();
    private static final MemorySegment PAGE = ARENA.allocate(RegionSource.PAGE_BYTES, 8);
    private static final MemorySegment RING =
            ARENA.allocate((long) SharedCard.BUFFER * SharedCard.FRAME_BYTES, 8);

    /** One node of the model. */
    private static final class Node {
        final Grant grant;
        final List<Node> ancestors;
        final long allowed;
        boolean closed;
        boolean lost;

        Node(Grant grant, List<Node> ancestors, long allowed) {
            this.grant = grant;
            this.ancestors = ancestors;
            this.allowed = allowed;
        }
    }

    @Test
    void noNodeDoesWhatItsAncestorsCouldNotNorWhatItLost() {
        RegionSource source =
                (kind, capture, bytes) ->
                        new SameMemory(kind == RegionSource.Kind.DATA ? RING : PAGE);
        try (SharedCard card = new SharedCard(PcmStream.PLAYBACK, source)) {
            Seeds.forEach(TREES, random -> tree(card, random));
            assertThat(card.stream.grants()).isEmpty();
        }
    }

    private static void tree(SharedCard card, SplittableRandom random) {
        card.audit.clear();
        List<Node> nodes = new ArrayList<>();
        long bits = random.nextLong() & Permissions.FULL.bits();
        Permissions root = new Permissions(bits | Permissions.BUFFER.bits());
        nodes.add(new Node(card.grant(GrantTerms.of(root, SOMEBODY)), List.of(), root.bits()));
        int steps = random.nextInt(2, 12);
        for (int i = 0; i < steps; i++) {
            step(nodes, random);
            nodes.forEach(GrantTreeTest::check);
        }
        nodes.forEach(node -> node.grant.close());
    }

    private static void step(List<Node> nodes, SplittableRandom random) {
        Node node = nodes.get(random.nextInt(nodes.size()));
        switch (random.nextInt(8)) {
            case 0 -> {
                node.grant.close();
                node.closed = true;
            }
            case 1 -> revoke(nodes, node);
            case 2, 3 -> {
                int mode = random.nextInt(-1, 3);
                add(nodes, node, Permissions.ofDupMode(mode), () -> made(node, mode));
            }
            case 4, 5 -> {
                int mode = Integer.MIN_VALUE | random.nextInt(1 << 11);
                add(nodes, node, Permissions.ofDupMode(mode), () -> made(node, mode));
            }
            default -> {
                Permissions asked = new Permissions(random.nextLong() & Permissions.FULL.bits());
                add(nodes, node, asked, () -> narrowed(node, asked));
            }
        }
    }

    private static void revoke(List<Node> nodes, Node node) {
        if (node.closed || node.lost) {
            return;
        }
        try {
            node.grant.revoke();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        for (Node other : nodes) {
            other.lost |= other == node || other.ancestors.contains(node);
        }
    }

    private interface Maker {
        @Nullable Grant make();
    }

    private static void add(
            List<Node> nodes, Node parent, @Nullable Permissions asked, Maker maker) {
        Grant child = maker.make();
        if (child != null && asked != null) {
            assertThat(parent.lost || parent.closed).as("made of what is gone").isFalse();
            List<Node> ancestors = new ArrayList<>(parent.ancestors);
            ancestors.add(parent);
            nodes.add(new Node(child, ancestors, parent.allowed & asked.bits()));
        }
    }

    private static @Nullable Grant made(Node parent, int mode) {
        return parent.grant.anonymousDup(mode) instanceof DupResult.Made(Grant child)
                ? child
                : null;
    }

    private static @Nullable Grant narrowed(Node parent, Permissions asked) {
        try {
            return parent.grant.narrow(asked, SOMEBODY);
        } catch (PcmOpenException refused) {
            return null;
        }
    }

    private static void check(Node node) {
        long bits = node.grant.permissions().bits();
        if (bits != node.allowed) {
            throw new AssertionError(node.grant.permissions() + ", allowed=" + node.allowed);
        }
        for (PcmIoctl ioctl : PcmIoctl.values()) {
            if (node.grant.file().allowed().allows(ioctl)
                    != new Permissions(node.allowed).ioctls().contains(ioctl)) {
                throw new AssertionError(ioctl + " of " + node.grant.permissions());
            }
        }
        if (node.lost && !node.closed) {
            assertThat(node.grant.isRevoked()).isTrue();
            assertThat(node.grant.file().drop()).isEqualTo(Errno.ENODEV.negated());
        }
    }

    /** Memory that costs nothing to make a hundred thousand times. */
    private record SameMemory(MemorySegment memory) implements Region {
        @Override
        public void close() {
            // the next stream's
        }
    }
}
