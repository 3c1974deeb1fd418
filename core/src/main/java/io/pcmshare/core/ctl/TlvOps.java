package io.pcmshare.core.ctl;

/** TLV that is not constant. Kernel: include/sound/control.h, {@code snd_kcontrol_tlv_rw_t}. */
interface TlvOps {
    /**
     * Stores the TLV in the caller's memory.
     *
     * @param bytes room there
     * @return 0 or a negated errno
     */
    int read(Caller caller, long address, int bytes);

    /**
     * Takes another.
     *
     * @return 1 when it changed, 0 when it did not, or a negated errno
     */
    int write(Caller caller, long address, int bytes);
}
