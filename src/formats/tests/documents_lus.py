"""Des documents faits pour les essais :
le XML que l'on veut dans une vraie archive, ou un vrai PDF.
"""

import io
import zipfile

import typst

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ESPACES_DOCX = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_ESPACES_ODT = (
    " ".join(
        f'xmlns:{prefixe}="{_ODF}{nom}:1.0"'
        for prefixe, nom in (
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("style", "style"),
            ("draw", "drawing"),
            ("fo", "xsl-fo-compatible"),
            ("manifest", "manifest"),
        )
    )
    + ' xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def archive(parties: dict[str, str | bytes]) -> bytes:
    flux = io.BytesIO()
    with zipfile.ZipFile(flux, "w", zipfile.ZIP_DEFLATED) as zip_:
        for nom, contenu in parties.items():
            zip_.writestr(nom, contenu)
    return flux.getvalue()


def partie_docx(balise: str, contenu: str) -> str:
    return f"<w:{balise} {_ESPACES_DOCX}>{contenu}</w:{balise}>"


def docx(corps: str, **parties: str | bytes) -> bytes:
    """Un DOCX.

    `parties` : d'autres fichiers, « styles.xml » s'écrit `styles=`, dans l'élément racine voulu.
    """
    racines = {
        "styles": "styles",
        "numbering": "numbering",
        "footnotes": "footnotes",
        "header1": "hdr",
        "comments": "comments",
    }
    autres = {
        f"word/{nom}.xml": partie_docx(racines[nom], xml)
        for nom, xml in parties.items()
        if nom in racines
    }
    bruts = {nom: contenu for nom, contenu in parties.items() if nom not in racines}
    return archive(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": partie_docx("document", f"<w:body>{corps}</w:body>"),
            **autres,
            **bruts,
        }
    )


def p(texte: str, proprietes: str = "", passage: str = "") -> str:
    """Un paragraphe de DOCX."""
    return (
        f"<w:p><w:pPr>{proprietes}</w:pPr><w:r><w:rPr>{passage}</w:rPr>"
        f"<w:t>{texte}</w:t></w:r></w:p>"
    )


def odt(corps: str, automatiques: str = "", styles: str = "", **bruts: str | bytes) -> bytes:
    contenu = (
        f"<office:document-content {_ESPACES_ODT}>"
        f"<office:automatic-styles>{automatiques}</office:automatic-styles>"
        f"<office:body><office:text>{corps}</office:text></office:body></office:document-content>"
    )
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": contenu,
            "styles.xml": (
                f"<office:document-styles {_ESPACES_ODT}>{styles}</office:document-styles>"
            ),
            "META-INF/manifest.xml": f"<manifest:manifest {_ESPACES_ODT}/>",
            **bruts,
        }
    )


def pdf(source: str, *, entete: str = "") -> bytes:
    """Un PDF composé par Typst."""
    return typst.compile(
        f'#set page(paper: "a4", header: [{entete}], numbering: "1")\n#set text(lang: "fr", size: '
        "11pt)\n"
        f'#set par(justify: true)\n#set heading(numbering: "1.1")\n{source}'.encode()
    )
