package io.pcmshare.core.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.CtlElemAccess;
import io.pcmshare.abi.CtlElemId;
import io.pcmshare.abi.CtlElemInfo;
import io.pcmshare.abi.CtlElemType;
import io.pcmshare.abi.CtlElemValue;
import io.pcmshare.abi.CtlEventMask;
import io.pcmshare.abi.CtlIoctl;
import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.Errno;
import io.pcmshare.core.user.SegmentMemory;
import io.pcmshare.testkit.Seeds;

import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Elements and the files that look at them. */
final class ControlSetTest {
    private static final long ADDRESS = 0x1000;

    private final MemorySegment memory = MemorySegment.ofArray(new byte[4096]);
    private final SegmentMemory user = new SegmentMemory(memory, ADDRESS);
    private final ControlSet set = TestCards.dummy();
    private final CtlFile file = set.open(100);

    private int call(CtlFile caller, CtlIoctl ioctl) {
        return caller.ioctl(ioctl.request(DataModel.LP64), ADDRESS, user, false);
    }

    private void subscribe(CtlFile subscriber) {
        memory.set(ValueLayout.JAVA_INT_UNALIGNED, 0, 1);
        assertThat(call(subscriber, CtlIoctl.SUBSCRIBE_EVENTS)).isZero();
    }

    private int addUser(String name, int elements) {
        memory.fill((byte) 0);
        CtlElemInfo info = new CtlElemInfo(memory, DataModel.LP64);
        info.id().name(name);
        info.type(CtlElemType.BOOLEAN.code());
        info.count(1);
        info.owner(elements);
        return call(file, CtlIoctl.ELEM_ADD);
    }

    private int removeUser(String name) {
        memory.fill((byte) 0);
        new CtlElemId(memory, DataModel.LP64).name(name);
        return call(file, CtlIoctl.ELEM_REMOVE);
    }

    @Test
    void anElementThatExistsCannotBeAddedAgain() {
        Control twin = Control.of("Master Volume", new UnusedOps());

        assertThat(set.add(twin)).isEqualTo(Errno.EBUSY.negated());
    }

    @Test
    void whoWaitsIsToldOfAChangeFromInside() {
        AtomicInteger woken = new AtomicInteger();
        file.onWake(woken::incrementAndGet);
        subscribe(file);
        Control control = set.find(ElemId.mixer("Mic Volume"));
        assertThat(control).isNotNull();

        set.notifyAll(control, CtlEventMask.VALUE);

        assertThat(woken).hasValue(1);
        assertThat(file.pollEvents()).isEqualTo(CtlFile.READABLE);
    }

    @Test
    void thePreferredSubdeviceIsThatOfTheProcess() {
        CtlFile other = set.open(200);
        memory.set(ValueLayout.JAVA_INT_UNALIGNED, 0, 5);
        call(other, CtlIoctl.PCM_PREFER_SUBDEVICE);

        assertThat(set.preferredPcmSubdevice(200)).isEqualTo(5);
        assertThat(set.preferredPcmSubdevice(100)).isEqualTo(-1);
        other.close();
        assertThat(set.preferredPcmSubdevice(200)).isEqualTo(-1);
    }

    @Test
    void anUnpluggedCardAnswersNothingElse() {
        subscribe(file);

        set.disconnect();

        assertThat(call(file, CtlIoctl.CARD_INFO)).isEqualTo(Errno.ENODEV.negated());
        assertThat(call(file, CtlIoctl.PCM_INFO)).isEqualTo(Errno.ENODEV.negated());
        assertThat(file.read(user, ADDRESS, 72)).isEqualTo(Errno.ENODEV.negated());
        assertThat(file.pollEvents()).isEqualTo(CtlFile.GONE);
    }

    @Test
    void theCableTellsOfItsSlaveOnlyWhenItChanged() {
        ControlSet cable = TestCards.loopback();
        CtlFile watcher = cable.open(1);
        subscribe(watcher);

        LoopbackControls.update(cable, 1, 3, LoopbackControls.SLAVE_ACTIVE, 0);
        assertThat(watcher.pollEvents()).isZero();
        LoopbackControls.update(cable, 1, 3, LoopbackControls.SLAVE_ACTIVE, 1);
        assertThat(watcher.pollEvents()).isEqualTo(CtlFile.READABLE);
    }

    @Test
    void userElementsComeAndGoAsInASimpleModel() {
        int drivers = set.count();
        Seeds.forEach(
                20,
                random -> {
                    Map<String, Integer> model = new HashMap<>();
                    for (int i = 0; i < 300; i++) {
                        addOrRemove(random, model);
                        int users = model.values().stream().mapToInt(Integer::intValue).sum();
                        assertThat(set.count()).isEqualTo(drivers + users);
                    }
                    model.keySet().forEach(this::removeUser);
                    assertThat(set.userBytes()).isZero();
                });
    }

    private void addOrRemove(SplittableRandom random, Map<String, Integer> model) {
        String name = "U" + random.nextInt(12);
        boolean exists = model.containsKey(name);
        if (random.nextBoolean()) {
            int elements = 1 + random.nextInt(4);
            assertThat(addUser(name, elements)).isEqualTo(exists ? Errno.EBUSY.negated() : 0);
            model.putIfAbsent(name, elements);
        } else {
            assertThat(removeUser(name)).isEqualTo(exists ? 0 : Errno.ENOENT.negated());
            model.remove(name);
        }
    }

    @Test
    void anyBytesOfAnyCallAreAnswered() {
        byte[] bytes = new byte[(int) memory.byteSize()];
        CtlIoctl[] all = CtlIoctl.values();
        Seeds.forEach(
                20_000,
                random -> {
                    random.nextBytes(bytes);
                    MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
                    // small numbers, so that elements are found and made
                    memory.set(ValueLayout.JAVA_INT_UNALIGNED, 0, random.nextInt(16));
                    memory.set(ValueLayout.JAVA_INT_UNALIGNED, 64, random.nextInt(8));
                    memory.set(ValueLayout.JAVA_INT_UNALIGNED, 72, random.nextInt(130));
                    memory.set(ValueLayout.JAVA_INT_UNALIGNED, 76, random.nextInt(3));
                    boolean compat32 = random.nextBoolean();
                    DataModel model = compat32 ? DataModel.ILP32 : DataModel.LP64;
                    CtlIoctl ioctl = all[random.nextInt(all.length)];
                    long at = ADDRESS + random.nextInt(8) * 512L;

                    int answer = file.ioctl(ioctl.request(model), at, user, compat32);

                    assertThat(answer).as(ioctl.name()).isBetween(-4095, 1);
                });
    }

    @Test
    void lockedElementsCarryTheBitsOfTheLock() {
        memory.fill((byte) 0);
        new CtlElemId(memory, DataModel.LP64).numid(1);
        assertThat(call(file, CtlIoctl.ELEM_LOCK)).isZero();

        call(file, CtlIoctl.ELEM_INFO);

        CtlElemInfo info = new CtlElemInfo(memory, DataModel.LP64);
        assertThat(info.access() & CtlElemAccess.OWNER).isNotZero();
        assertThat(info.owner()).isEqualTo(100);
    }

    /** Never asked: the element it belongs to is refused. */
    private static final class UnusedOps implements ControlOps {
        @Override
        public void info(int offset, CtlElemInfo info) {}

        @Override
        public int get(int offset, CtlElemValue value) {
            return 0;
        }

        @Override
        public int put(int offset, CtlElemValue value) {
            return 0;
        }
    }
}
