#!/usr/bin/env python3
"""Joins the pieces that `npm run tensorrt:fetch -- --split` wrote, on a machine that can fetch nothing.

usage: python3 join-tensorrt.py FOLDER [--pieces DIR]

FOLDER is made and gets TensorRT's libraries; one that is there is replaced, when it holds nothing else.
--pieces names the folder of the pieces when that is not the folder of this script. Every piece and every
library is checked against the manifest. Needs Python 3.8 or newer with its standard library, and nothing else.

Exit codes: 0 joined (or there already), 2 usage, 4 a piece is missing or damaged, or FOLDER can't be written.
"""

import argparse
import concurrent.futures
import hashlib
import json
import lzma
import os
import pathlib
import shutil
import sys
import tempfile
import time

RECEIPT = "tensorrt.json"
CHUNK = 4 << 20


class JoinError(Exception):
    """What is wrong with the pieces, and what to do."""


def main():
    options = read_options()
    started = time.monotonic()
    try:
        manifest = read_manifest(options.pieces / "manifest.json")
        if is_joined(options.folder, manifest):
            print(f"TensorRT {manifest['version']} is in {options.folder} already")
            return 0
        join(manifest, options.pieces, options.folder)
    except (OSError, lzma.LZMAError, JoinError) as error:
        print(f"join-tensorrt: {error}", file=sys.stderr)
        return 4
    print(f"TensorRT {manifest['version']} is in {options.folder}, joined in {time.monotonic() - started:.1f} s")
    return 0


def read_options():
    parser = argparse.ArgumentParser(description="Joins the pieces of TensorRT's libraries.")
    parser.add_argument("folder", type=pathlib.Path, help="folder to make for the libraries")
    parser.add_argument("--pieces", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent)
    return parser.parse_args()


def read_manifest(file):
    try:
        manifest = json.loads(file.read_text())
        if manifest["format"] != 1:
            raise JoinError(f"The manifest has format {manifest['format']}: use the script that came with it.")
        names = [each["name"] for key in ("pieces", "libraries") for each in manifest[key]]
        receipt_of(manifest)
    except (ValueError, KeyError, TypeError) as error:
        raise JoinError(f"{file} is damaged, bring it again ({error!r}).") from error
    if any(pathlib.PurePath(name).name != name for name in names):
        raise JoinError(f"{file} names files of other folders.")
    return manifest


def require_own(folder, manifest):
    """A folder that holds anything but what a join left there is somebody's."""
    if not os.path.lexists(folder):
        return
    if folder.is_symlink() or not folder.is_dir():
        raise JoinError(f"{folder} is no folder: name a new one.")
    own = {RECEIPT} | {each["name"] for each in manifest["libraries"]}
    others = sorted({each.name for each in folder.iterdir()} - own)
    if others:
        raise JoinError(f"{folder} holds other files ({', '.join(others[:3])}): name a new folder, nothing was replaced.")


def is_joined(folder, manifest):
    try:
        receipt = json.loads((folder / RECEIPT).read_text())
        sizes = all((folder / each["name"]).stat().st_size == each["bytes"] for each in receipt["libraries"])
        return sizes and receipt == receipt_of(manifest)
    except (OSError, ValueError, KeyError):
        return False


def receipt_of(manifest):
    libraries = [{key: each[key] for key in ("name", "bytes", "sha256")} for each in manifest["libraries"]]
    return {"version": manifest["version"], "artifact": manifest["artifact"], "libraries": libraries}


def join(manifest, pieces, folder):
    require_own(folder, manifest)
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = pathlib.Path(tempfile.mkdtemp(prefix=f"{folder.name}.new-", dir=folder.parent))
    try:
        # lzma and hashlib let other threads run while they work.
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            check_pieces(manifest["pieces"], pieces, pool)
            start = 0
            jobs = []
            for library in manifest["libraries"]:
                file = temporary / library["name"]
                with open(file, "wb") as handle:
                    handle.truncate(library["bytes"])
                offset = 0
                for part in library["parts"]:
                    source = PackedRange(manifest["pieces"], pieces, start, part["packedBytes"])
                    jobs.append(pool.submit(unpack, source, file, offset, part["bytes"]))
                    start += part["packedBytes"]
                    offset += part["bytes"]
            for job in jobs:
                job.result()
            hashes = pool.map(lambda each: hash_of(temporary / each["name"]), manifest["libraries"])
            for library, sha256 in zip(manifest["libraries"], hashes):
                if sha256 != library["sha256"]:
                    raise JoinError(f"{library['name']} came out damaged (sha256 {sha256}).")
        (temporary / RECEIPT).write_text(json.dumps(receipt_of(manifest), indent=2) + "\n")
        os.chmod(temporary, 0o755)
        shutil.rmtree(folder, ignore_errors=True)
        temporary.rename(folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def check_pieces(entries, pieces, pool):
    missing = [each["name"] for each in entries if not (pieces / each["name"]).is_file()]
    if missing:
        raise JoinError(f"{len(missing)} of {len(entries)} pieces are not in {pieces}: {', '.join(missing)}")
    hashes = pool.map(lambda each: hash_of(pieces / each["name"]), entries)
    damaged = [each["name"] for each, sha256 in zip(entries, hashes) if sha256 != each["sha256"]]
    if damaged:
        raise JoinError(f"damaged, bring them again: {', '.join(damaged)}")


def hash_of(file):
    digest = hashlib.sha256()
    with open(file, "rb") as handle:
        for chunk in iter(lambda: handle.read(CHUNK), b""):
            digest.update(chunk)
    return digest.hexdigest()


class PackedRange:
    """The bytes [start, start + length) of the concatenation of the pieces."""

    def __init__(self, entries, pieces, start, length):
        self.entries, self.pieces, self.start, self.length = entries, pieces, start, length

    def chunks(self):
        piece_start = 0
        for entry in self.entries:
            first = max(self.start, piece_start)
            last = min(self.start + self.length, piece_start + entry["bytes"])
            if first < last:
                with open(self.pieces / entry["name"], "rb") as handle:
                    handle.seek(first - piece_start)
                    while first < last:
                        chunk = handle.read(min(CHUNK, last - first))
                        if not chunk:
                            raise JoinError(f"{entry['name']} is shorter than the manifest says.")
                        first += len(chunk)
                        yield chunk
            piece_start += entry["bytes"]


def unpack(source, file, offset, length):
    decompressor = lzma.LZMADecompressor(format=lzma.FORMAT_XZ)
    end = offset + length
    with open(file, "r+b") as handle:
        handle.seek(offset)
        for chunk in source.chunks():
            while True:
                # Bounded, so that a piece that unpacks to far too much is found out early.
                data = decompressor.decompress(chunk, max_length=8 * CHUNK)
                offset += handle.write(data)
                if offset > end:
                    raise JoinError(f"{file.name} unpacks to more than the manifest says.")
                if decompressor.eof or decompressor.needs_input:
                    break
                chunk = b""
    if offset != end:
        raise JoinError(f"{file.name} unpacks to less than the manifest says.")


if __name__ == "__main__":
    sys.exit(main())
