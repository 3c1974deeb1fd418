/**
 * What the tests of every room share: descriptor counts, seeds, recorded answers.
 *
 * <p>Must not know any room.
 */
@org.jspecify.annotations.NullMarked
package io.pcmshare.testkit;
