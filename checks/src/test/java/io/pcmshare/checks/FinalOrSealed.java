package io.pcmshare.checks;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** A class that nobody extends by accident. */
final class FinalOrSealed extends ArchCondition<JavaClass> {
    FinalOrSealed() {
        super("be final, sealed or abstract");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        boolean closed =
                type.getModifiers().contains(JavaModifier.FINAL)
                        || type.getModifiers().contains(JavaModifier.ABSTRACT)
                        || type.reflect().isSealed();
        events.add(new SimpleConditionEvent(type, closed, type.getName() + " closed=" + closed));
    }
}
