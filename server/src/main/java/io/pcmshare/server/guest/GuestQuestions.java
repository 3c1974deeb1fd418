package io.pcmshare.server.guest;

import io.pcmshare.share.Right;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Questions of people as bits of a message: 1 play, 2 microphone, 4 programs. */
final class GuestQuestions {
    private static final List<Right> IN_ORDER =
            List.of(Right.PLAY, Right.RECORD_MICROPHONE, Right.RECORD_PROGRAMS);

    private GuestQuestions() {}

    static int bits(Set<Right> questions) {
        int bits = 0;
        for (int i = 0; i < IN_ORDER.size(); i++) {
            bits |= questions.contains(IN_ORDER.get(i)) ? 1 << i : 0;
        }
        return bits;
    }

    /** Those of a message; bits that mean nothing yet are left out. */
    static Set<Right> of(int bits) {
        Set<Right> questions = EnumSet.noneOf(Right.class);
        for (int i = 0; i < IN_ORDER.size(); i++) {
            if ((bits & 1 << i) != 0) {
                questions.add(IN_ORDER.get(i));
            }
        }
        return questions;
    }
}
