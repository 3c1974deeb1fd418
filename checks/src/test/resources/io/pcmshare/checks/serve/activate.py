#!/usr/bin/env python3
"""Does what systemd does for a unit with a socket: activate.py SOCKET COMMAND...

Listens at the socket, hands it to the command as descriptor 3, and says what the command tells it.
"""
import os
import socket
import sys

listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
listener.bind(sys.argv[1])
listener.listen(8)
notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
notify.bind(sys.argv[1] + ".notify")

pid = os.fork()
if pid == 0:
    os.dup2(listener.fileno(), 3)
    os.set_inheritable(3, True)
    os.environ["LISTEN_PID"] = str(os.getpid())
    os.environ["LISTEN_FDS"] = "1"
    os.environ["LISTEN_FDNAMES"] = "pcmshare.socket"
    os.environ["NOTIFY_SOCKET"] = sys.argv[1] + ".notify"
    os.execv(sys.argv[2], sys.argv[2:])
notify.settimeout(60)
print(notify.recv(4096).decode(), flush=True)
_, status = os.waitpid(pid, 0)
sys.exit(os.waitstatus_to_exitcode(status))
