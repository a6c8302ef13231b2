"""Files that leave the house: a whole list as it is held, or the incidents by a code book of the field."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from importlib.util import find_spec
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi import Path as Param
from fastapi.responses import Response, StreamingResponse
from pydantic import BeforeValidator, Field

from crossbearing.publish import geojson, tabular
from crossbearing.publish.coarser import Caution
from crossbearing.publish.export import BOOKS, REASONS, shown_or_held
from crossbearing.publish.jsonld import graph_lines
from crossbearing.publish.records import CLAIM, DOCUMENT, INCIDENT
from crossbearing.publish.workbook import spreadsheet
from crossbearing.serve.answers import ROOT, Held, desk_of, sentence
from crossbearing.serve.desk import Asked
from crossbearing.serve.questions import Question, Table, chosen, every

MEDIA = {
    "jsonl": "application/x-ndjson",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "geojson": "application/geo+json",
    "jsonld": "application/ld+json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

router = APIRouter(prefix=ROOT, tags=["files"])


def _given(written: object) -> object:
    """An empty field of a form is one that was not filled in."""
    return None if written == "" else written


Hours = Annotated[Annotated[float, Field(ge=0, le=100_000)] | None, BeforeValidator(_given)]
Degrees = Annotated[Annotated[float, Field(gt=0, le=10)] | None, BeforeValidator(_given)]


def _file(held: Asked, table: Table, kind: str, form: str, asked: Question) -> Response:
    records = every(held.connection, table, asked)
    lines: Iterator[str]
    if form == "csv":
        lines = tabular.csv_lines(records, kind)
    else:
        lines = geojson.feature_lines(records) if form == "geojson" else tabular.json_lines(records)
    headers = {"etag": f'"{held.state.tag}"', "content-disposition": f'attachment; filename="{table}s.{form}"'}
    body = (line.encode("utf-8", "backslashreplace") for line in lines)
    return StreamingResponse(body, media_type=MEDIA[form], headers=headers)


def _files(table: Table, kind: str, forms: Sequence[str]) -> None:
    """One address for each format in which a list leaves the house whole."""

    def made(form: str) -> Callable[..., Response]:
        def whole(held: Held, asked: Annotated[Question, Query()]) -> Response:
            return _file(held, table, kind, form, asked)

        whole.__doc__ = f"All the {table}s that the filters keep, as one file."
        return whole

    for form in forms:
        content: dict[int | str, dict[str, Any]] = {
            200: {"description": "The file.", "content": {MEDIA[form].partition(";")[0]: {}}},
            422: sentence("since: write it as 2024-01-18."),
        }
        router.get(f"/export/{table}s.{form}", name=f"{table}s_{form}", response_class=Response, responses=content)(made(form))


_files("incident", INCIDENT, ("jsonl", "csv", "geojson"))
_files("claim", CLAIM, ("jsonl", "csv", "geojson"))
_files("document", DOCUMENT, ("jsonl", "csv"))


def _wanted(held: Asked, asked: Question) -> set[str]:
    """The incidents of a question, those rejected among them: an export says itself why it leaves them out."""
    where, values = chosen("incident", asked.model_copy(update={"rejected": True}))
    return {row[0] for row in held.connection.execute(f"SELECT id FROM incident WHERE {where}", values)}


def _caution(asked: Question, delay: float | None, round: float | None) -> Caution:
    return Caution(timedelta(hours=delay) if delay else None, round, asked.verified or None)


@router.get("/export/incidents.{form}", response_class=Response,
            responses={200: {"description": "The file.", "content": {MEDIA[one]: {} for one in ("xlsx", "jsonld")}},
                       404: sentence("xlsx: that takes XlsxWriter."), 422: sentence("round: at most 10.")})  # fmt: skip
def whole(
    request: Request,
    held: Held,
    asked: Annotated[Question, Query()],
    form: Literal["xlsx", "jsonld"],
    delay: Annotated[Hours, Query(description="Hours: what may have been later is held back.")] = None,
    round: Annotated[Degrees, Query(description="Places are rounded to a grid of so many degrees.")] = None,
) -> Response:
    """The incidents with their claims as a spreadsheet, or as a graph of where everything comes from, in PROV's words."""
    with desk_of(request).dossiers(held, _wanted(held, asked)) as (instant, found):
        shown, back = shown_or_held(found, _caution(asked, delay, round))
    if form == "jsonld":
        content = "".join(graph_lines(shown)).encode("utf-8", "backslashreplace")
    elif not has_spreadsheets():
        raise HTTPException(404, "xlsx: that takes XlsxWriter, which is not installed here: pip install 'crossbearing[xlsx]'.")
    else:
        content = spreadsheet(shown, instant, [f"Held back: {len(back)} incidents."] if back else [])
    headers = {"etag": f'"{held.state.tag}"', "content-disposition": f'attachment; filename="incidents.{form}"'}
    return Response(content, media_type=MEDIA[form], headers=headers)


def has_spreadsheets() -> bool:
    """Whether a spreadsheet can be written here."""
    return find_spec("xlsxwriter") is not None


@router.get(
    "/export/{book}.{form}",
    response_class=Response,
    responses={200: {"description": "The file.", "content": {"text/csv": {}, "application/zip": {}}},
               404: sentence("x: no such code book. There are ucdp."), 422: sentence("round: more than 0 and at most 10.")},
)  # fmt: skip
def by_book(
    request: Request,
    held: Held,
    asked: Annotated[Question, Query()],
    book: Annotated[str, Param(max_length=40, examples=["ucdp"], description="A code book: `ucdp`, `acled`, ...")],
    form: Literal["csv", "tsv", "jsonl", "json", "zip"],
    delay: Annotated[Hours, Query(description="Hours: what may have been later is held back.")] = None,
    round: Annotated[Degrees, Query(description="Places are rounded to a grid of so many degrees.")] = None,
) -> Response:
    """The incidents by a code book: its first table in the book's own form, or all, with why each cell says what it says (zip).

    What people rejected is in no table; the reasons say so.
    """
    if book not in BOOKS:
        raise HTTPException(404, f"{book[:80]}: no such code book. There are {', '.join(BOOKS)}.")
    if form not in (ending_of(book), "zip"):
        raise HTTPException(404, f"{book}.{form}: its tables are {BOOKS[book].form}. Ask for {ending_of(book)}, or zip.")
    files = desk_of(request).by_book(held, book, _wanted(held, asked), _caution(asked, delay, round))
    headers = {"etag": f'"{held.state.tag}"', "content-disposition": f'attachment; filename="{book}.{form}"'}
    if form != "zip":
        return Response(files.get(BOOKS[book].sheets[0].name, b""), media_type=MEDIA[form], headers=headers)
    return Response(zipped(book, files), media_type="application/zip", headers=headers)


def ending_of(book: str) -> str:
    """What the files of a code book's tables end with: the first word of their form."""
    return BOOKS[book].form.partition(" ")[0]


def zipped(book: str, files: dict[str, bytes]) -> bytes:
    """Files as one archive: the same files, the same bytes."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            ending = "jsonl" if name == REASONS else ending_of(book)
            archive.writestr(zipfile.ZipInfo(f"{book}.{name}.{ending}"), content, zipfile.ZIP_DEFLATED)
    return whole.getvalue()
