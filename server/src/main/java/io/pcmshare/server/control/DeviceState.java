package io.pcmshare.server.control;

/**
 * A direction of a device of a card.
 *
 * @param name {@code CARD,DEVICE} and a direction: {@code 0,0:playback}
 * @param card its card's number
 * @param cardId its card's short name
 * @param description for people
 * @param direction {@code playback} or {@code capture}
 * @param isDefault whether streams go here that name no device
 * @param state {@code idle}, {@code shared}, {@code exclusive} or {@code gone}
 * @param format of what is mixed or recorded; empty while nothing is
 * @param channels samples in a frame; 0 while nothing is mixed or recorded
 * @param rate frames a second; 0 while nothing is mixed or recorded
 * @param periodFrames how often it is looked after
 * @param bufferFrames its ring
 * @param streams that use it now
 * @param xruns times it ran empty, or full
 * @param peakDecibels the loudest sample since the last look, full scale at 0
 * @param rmsDecibels of the same samples
 */
public record DeviceState(
        String name,
        int card,
        String cardId,
        String description,
        String direction,
        boolean isDefault,
        String state,
        String format,
        int channels,
        int rate,
        long periodFrames,
        long bufferFrames,
        int streams,
        long xruns,
        double peakDecibels,
        double rmsDecibels) {}
