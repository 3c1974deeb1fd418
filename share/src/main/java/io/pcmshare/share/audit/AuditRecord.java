package io.pcmshare.share.audit;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** An {@link AuditEvent} in a flight recording. */
@Name("io.pcmshare.Audit")
@Label("Audit")
@Category("PcmShare")
@Description("A grant, refusal, narrowing, revocation or release of a piece of a stream")
@StackTrace(false)
final class AuditRecord extends Event {
    @Label("Event")
    private final String event;

    @Label("Stream")
    private final String stream;

    @Label("User")
    private final int uid;

    @Label("Process")
    private final int pid;

    @Label("Executable")
    private final String executable;

    @Label("Security Label")
    private final String securityLabel;

    @Label("Permissions")
    private final String permissions;

    @Label("Result")
    private final String result;

    AuditRecord(AuditEvent of) {
        event = of.kind().name();
        stream = of.stream();
        uid = of.subject().uid();
        pid = of.subject().pid();
        executable = of.subject().executable();
        securityLabel = of.subject().label();
        permissions = of.permissions().toString();
        result = of.result();
    }

    /** For the recorder alone, which reads the fields. */
    @Override
    public String toString() {
        return String.join(
                " ",
                event,
                stream,
                uid + "/" + pid,
                executable,
                securityLabel,
                permissions,
                result);
    }
}
