package io.pcmshare.cards;

/**
 * A card cannot be as it was asked for; the message is one sentence for a person that names what
 * was wrong and what is possible.
 */
public final class CardSpecException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public CardSpecException(String sentence) {
        super(sentence);
    }
}
