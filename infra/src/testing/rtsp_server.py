"""
An RTSP server of another make than ours, for tests: GStreamer's, on loopback.
  python3 rtsp_server.py PORT NAME=FILE.mp4 [...] [--user NAME:PASSWORD]
Files hold H.264 or H.265 and are sent at their own pace. Prints "ready".
"""
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

Gst.init(None)
port, *rest = sys.argv[1:]
server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service(port)
login = rest[rest.index("--user") + 1] if "--user" in rest else None
if login is not None:
    name, password = login.split(":", 1)
    auth = GstRtspServer.RTSPAuth()
    auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "viewer")
    auth.add_digest(name, password, token)
    server.set_auth(auth)
for spec in rest:
    if "=" not in spec:
        continue
    mount, path = spec.split("=", 1)
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_shared(False)
    codec = "h265" if ".h265." in path else "h264"
    factory.set_launch(f"( filesrc location={path} ! qtdemux ! {codec}parse ! rtp{codec}pay name=pay0 pt=96 config-interval=1 )")
    if login is not None:
        permissions = GstRtspServer.RTSPPermissions()
        permissions.add_permission_for_role("viewer", "media.factory.access", True)
        permissions.add_permission_for_role("viewer", "media.factory.construct", True)
        factory.set_permissions(permissions)
    server.get_mount_points().add_factory("/" + mount, factory)
if server.attach(None) == 0:
    sys.exit("the port is taken")
print("ready", flush=True)
GLib.MainLoop().run()
