package io.pcmshare.core.ctl;

import io.pcmshare.abi.CtlElemAccess;
import io.pcmshare.abi.CtlEventMask;
import io.pcmshare.abi.Errno;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.PcmDevice;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The elements of a card and the files that have its control device open. Kernel: sound/core/
 * control.c, the {@code controls} and {@code ctl_files} of {@code struct snd_card}.
 *
 * <p>Threads: any; one lock, taken after a card's when both are, and never held while waiting.
 */
public final class ControlSet {
    private final Card card;
    private final CardDescription description;
    private final Object lock = new Object();
    private final List<Control> controls = new ArrayList<>();
    private final List<CtlFile> files = new ArrayList<>();
    private int lastNumid;
    private long userBytes;
    private boolean disconnected;

    /** The set of a card, without elements. */
    public ControlSet(Card card, CardDescription description) {
        this.card = card;
        this.description = description;
    }

    /** The card. */
    public Card card() {
        return card;
    }

    /** What the card calls itself. */
    public CardDescription description() {
        return description;
    }

    Object lock() {
        return lock;
    }

    boolean isDisconnected() {
        return disconnected;
    }

    /** Opens the control device for a process. */
    public CtlFile open(int pid) {
        synchronized (lock) {
            CtlFile file = new CtlFile(this, pid);
            files.add(file);
            return file;
        }
    }

    void closed(CtlFile file) {
        files.remove(file);
        controls.forEach(control -> control.release(file));
    }

    /**
     * Adds a group, numbers it and tells everybody.
     *
     * @return 0, or a negated errno: {@code EBUSY} where the first element exists already
     */
    public int add(Control control) {
        synchronized (lock) {
            return add(control, control.id(), 0);
        }
    }

    /** The same, where a program may have named the element by a number instead. */
    int add(Control control, ElemId id, int numid) {
        if (Integer.compareUnsigned(id.index(), -1 - control.count()) > 0) {
            return Errno.EINVAL.negated();
        }
        if (find(id, numid) != null) {
            return Errno.EBUSY.negated();
        }
        control.numid(lastNumid + 1);
        lastNumid += control.count();
        controls.add(control);
        notifyAll(control, CtlEventMask.ADD);
        return 0;
    }

    /** Takes a group away and tells everybody. */
    public void remove(Control control) {
        synchronized (lock) {
            if (controls.remove(control)) {
                notifyAll(control, CtlEventMask.REMOVE);
            }
        }
    }

    /**
     * The group of an element, or {@code null}.
     *
     * @param numid the element's number; 0 to go by the id
     */
    @Nullable Control find(ElemId id, int numid) {
        for (Control control : controls) {
            int offset = numid != 0 ? control.offsetOf(numid) : control.offsetOf(id);
            if (offset >= 0) {
                return control;
            }
        }
        return null;
    }

    /** The group of an element, or {@code null}. */
    public @Nullable Control find(ElemId id) {
        synchronized (lock) {
            return find(id, 0);
        }
    }

    List<Control> controls() {
        return controls;
    }

    int count() {
        return controls.stream().mapToInt(Control::count).sum();
    }

    /** Tells every subscriber that something happened to all elements of a group. */
    public void notifyAll(Control control, int mask) {
        for (int offset = 0; offset < control.count(); offset++) {
            notify(control, offset, mask);
        }
    }

    /**
     * Tells every subscriber that something happened to an element. Kernel: snd_ctl_notify().
     *
     * @param mask bits of {@link CtlEventMask}
     */
    public void notify(Control control, int offset, int mask) {
        synchronized (lock) {
            files.forEach(file -> file.happened(control, offset, mask));
        }
    }

    /** Makes elements active or inactive, and tells everybody whose did change. */
    public void activate(Control control, boolean active) {
        synchronized (lock) {
            control.access(CtlElemAccess.INACTIVE, !active);
            notifyAll(control, CtlEventMask.INFO);
        }
    }

    /** The substream that a process asked for, or {@link PcmDevice#ANY_SUBDEVICE}. */
    public int preferredPcmSubdevice(int pid) {
        synchronized (lock) {
            for (CtlFile file : files) {
                if (file.pid() == pid && file.preferredPcm() != PcmDevice.ANY_SUBDEVICE) {
                    return file.preferredPcm();
                }
            }
            return PcmDevice.ANY_SUBDEVICE;
        }
    }

    /** Bytes that the elements of programs take. */
    long userBytes() {
        return userBytes;
    }

    void addUserBytes(long bytes) {
        userBytes += bytes;
    }

    /** The card is unplugged: every call answers {@code ENODEV}. */
    public void disconnect() {
        synchronized (lock) {
            disconnected = true;
            files.forEach(CtlFile::wake);
        }
    }
}
