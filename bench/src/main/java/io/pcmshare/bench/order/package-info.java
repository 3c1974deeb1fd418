/**
 * What two threads may see of the pages and the ring that a client maps: every outcome listed, with
 * jcstress.
 *
 * <p>{@code bench/order} runs them for as long as one likes, the ordinary build for some seconds.
 */
@org.jspecify.annotations.NullMarked
package io.pcmshare.bench.order;
