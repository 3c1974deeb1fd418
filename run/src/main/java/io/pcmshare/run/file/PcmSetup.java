package io.pcmshare.run.file;

/**
 * What the PCM files of a supervised program have in common.
 *
 * @param pages whether programs may map the status and the control page; without, they make a call
 *     for each look, and nothing they do goes unnoticed
 * @param dirty told of changes
 * @param watch told what becomes of streams
 * @param glances looks at those whose program maps its control page
 * @param ledger what programs are given, and who is told
 */
public record PcmSetup(
        boolean pages, DirtyFiles dirty, StreamWatch watch, Glances glances, Ledger ledger) {}
