"""A real time stamp authority for tests: OpenSSL behind a small loopback server."""

import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CONFIG = """
[req]
distinguished_name = dn
prompt = no
[dn]
CN = {name}
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[tsa_cert]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa]
default_tsa = tsa1
[tsa1]
dir = {folder}
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
certs = {folder}/ca.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ordering = yes
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


def openssl(*arguments: str) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True, timeout=60)


class TimeStampAuthority:
    """`url` answers RFC 3161 queries; `broken` makes it answer with that status instead."""

    def __init__(self, folder: Path, name: str = "Test TSA") -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.config = folder / "tsa.cnf"
        self.config.write_text(CONFIG.format(folder=folder, name=name))
        (folder / "serial").write_text("01\n")
        self.roots = folder / "ca.pem"
        self.broken: int | None = None
        self.fixed: bytes | None = None
        self._certify()
        authority = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                query = self.rfile.read(int(self.headers["Content-Length"]))
                body = authority.fixed or authority.reply(query)
                self.send_response(authority.broken or 200)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/tsa"

    def _certify(self) -> None:
        ca_key, ca, key, request = (str(self.folder / n) for n in ("ca.key", "ca.pem", "tsa.key", "tsa.csr"))
        made = [
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-config",
            str(self.config),
        ]
        openssl("req", "-x509", *made, "-keyout", ca_key, "-out", ca, "-extensions", "ca", "-days", "30")
        openssl("req", *made, "-keyout", key, "-out", request, "-subj", "/CN=Test TSA signer")
        signing = ["-CA", ca, "-CAkey", ca_key, "-CAcreateserial", "-days", "30"]
        extras = ["-extfile", str(self.config), "-extensions", "tsa_cert"]
        openssl("x509", "-req", "-in", request, "-out", str(self.folder / "tsa.pem"), *signing, *extras)

    def reply(self, query: bytes) -> bytes:
        asked, answered = self.folder / "query.tsq", self.folder / "reply.tsr"
        asked.write_bytes(query)
        openssl("ts", "-reply", "-config", str(self.config), "-queryfile", str(asked), "-out", str(answered))
        return answered.read_bytes()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(5)
