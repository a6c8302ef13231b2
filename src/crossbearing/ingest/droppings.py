"""What lies beside reports without being one: systems' own files, and what a browser saves beside a page.

These are passed over without a fault, and nothing else is.
"""

from __future__ import annotations

import re
from collections.abc import Container

from crossbearing.ingest.media import is_asset, is_document

# Names that systems and tools leave in folders on their own.
_DROPPINGS = frozenset(
    (
        *(".DS_Store", ".localized", ".Spotlight-V100", ".Trashes", ".fseventsd", ".TemporaryItems", ".DocumentRevisions-V100"),
        *("__MACOSX", ".AppleDouble", "Icon\r"),  # macOS
        *("Thumbs.db", "ehthumbs.db", "desktop.ini", "Desktop.ini", "$RECYCLE.BIN", "System Volume Information"),  # Windows
        *(".directory", ".Trash", "lost+found", ".hidden"),  # Linux desktops
        *(".git", ".gitignore", ".gitattributes", ".gitkeep", ".svn", ".hg", ".hgignore"),
        *("__pycache__", ".ipynb_checkpoints", ".dropbox", ".dropbox.cache", ".sync", ".stfolder"),
    )
)
# `._x` is macOS's shadow of x; `~$x` and `.~lock.x#` are an office program's lock on x; `.nfs...` a file deleted while open.
_DROPPING = re.compile(r"\._.|~\$|\.~lock\..*#$|\.nfs[0-9a-f]{8}|\.Trash-\d+$|\.fuse_hidden")

# What browsers put after a page's name for the folder of its parts, in the languages that they are sold in.
_COMPANION = re.compile(
    r"(?P<page>.+)(?:[_-](?:files?|Dateien|fichiers|archivos|ficheiros|arquivos|bestanden|filer|tiedostot|pliki|soubory|"
    r"dosyalar|fitxers|elemei|datoteke|файлы|файли)|\.files)$"
)
_PAGES = (".html", ".htm", ".xhtml", ".shtml", ".php", "")


def is_dropping(name: str) -> bool:
    """Whether a file's or folder's name is one that systems leave by themselves."""
    return name in _DROPPINGS or _DROPPING.match(name) is not None


def is_companion(folder: str, beside: Container[str]) -> bool:
    """Whether a folder holds the parts of a saved page that lies beside it."""
    found = _COMPANION.match(folder)
    return found is not None and any(found.group("page") + ending in beside for ending in _PAGES)


def is_part(name: str) -> bool:
    """Whether a file in a companion folder is a part of the page: all but documents of another kind, such as a PDF.

    Frames are parts too: what an embedded page says is not the word of the page around it.
    """
    return not is_document(name)


def is_companion_asset(path: str, names: Container[str] | None) -> bool:
    """Whether an archive's member is a part of a saved page. Where the other names are not known yet, by its own alone."""
    parts = path.split("/")
    for depth, folder in enumerate(parts[:-1]):
        before = "".join(part + "/" for part in parts[:depth])
        found = _COMPANION.match(folder)
        if found is None:
            continue
        if names is None and is_asset(path):
            return True
        if names is not None and any(before + found.group("page") + ending in names for ending in _PAGES):
            return is_part(path)
    return False
