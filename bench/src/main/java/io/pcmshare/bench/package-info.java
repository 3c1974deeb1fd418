/**
 * Measurements with JMH.
 *
 * <p>Nothing may need this room; it may look into all others.
 */
@org.jspecify.annotations.NullMarked
package io.pcmshare.bench;
