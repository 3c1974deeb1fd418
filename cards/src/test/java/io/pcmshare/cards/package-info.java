/** Tests of the cards: what is played is what comes out, to the byte. */
@org.jspecify.annotations.NullMarked
package io.pcmshare.cards;
