"""Skeleton."""

from chalice.app import Chalice

app = Chalice(app_name="console")


@app.route("/v1/health", methods=["GET"])
def health():
    return {"ok": True}
