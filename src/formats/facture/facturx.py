"""Un PDF Factur-X : le document visible, archivable et balisé, qui porte le XML de la facture.

Typst écrit le PDF/A-3a et y attache `factur-x.xml` (`AFRelationship` : Alternative). Il
ne sait pas écrire les quatre propriétés Factur-X des métadonnées : on les y ajoute ici,
en déplaçant ce qui suit.
"""

import re

import pypdfium2

from formats.composition import Attache
from formats.document.modele import Document
from formats.document.pdf import pdf as composer
from formats.facture.cii import en_cii
from formats.facture.modele import Facture

NOM = "factur-x.xml"
SCHEMA = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
_METADONNEES = re.compile(rb"(\d+) 0 obj\n<</Length (\d+)/Type/Metadata/Subtype/XML>>\nstream\n")
_ENTREE = re.compile(rb"(\d{10}) 00000 n")
PROPRIETES = (
    ("DocumentFileName", NOM, "Nom du fichier XML attaché"),
    ("DocumentType", "INVOICE", "Sorte du document"),
    ("Version", "1.0", "Version du schéma Factur-X"),
    ("ConformanceLevel", "EN 16931", "Profil du XML attaché"),
)


class SansFacture(ValueError):
    """Ce PDF ne porte pas de facture électronique."""


def en_facturx(facture: Facture, *, visible: Document) -> bytes:
    """Le document visible, portant la facture en CII.

    Ce qu'il montre est à la charge de qui le compose.
    """
    attache = Attache(
        nom=NOM,
        sorte="text/xml",
        description="Facture électronique (Factur-X)",
        contenu=en_cii(facture).decode(),
    )
    return marquer(composer(visible, attache=attache))


def est_un_pdf(octets: bytes) -> bool:
    return octets.startswith(b"%PDF-")


def xml_de(pdf: bytes) -> bytes:
    """Le XML qu'un PDF Factur-X porte."""
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as erreur:
        raise SansFacture("le PDF est abîmé ou protégé") from erreur
    try:
        for rang in range(document.count_attachments()):
            attache = document.get_attachment(rang)
            if attache.get_name() == NOM:
                return bytes(attache.get_data())
    finally:
        document.close()
    raise SansFacture(f"le PDF ne porte pas de fichier {NOM}")


def marquer(pdf: bytes) -> bytes:
    """Ce PDF/A-3, avec les propriétés Factur-X dans ses métadonnées."""
    trouve = _METADONNEES.search(pdf)
    if trouve is None:
        raise ValueError("Ce PDF n'a pas les métadonnées que Typst écrit.")
    debut, longueur = trouve.end(), int(trouve[2])
    metadonnees = _completees(pdf[debut : debut + longueur])
    en_tete = trouve[0].replace(b"/Length " + trouve[2], b"/Length %d" % len(metadonnees))
    marque = pdf[: trouve.start()] + en_tete + metadonnees + pdf[debut + longueur :]
    return _recaler(marque, apres=trouve.start(), decalage=len(marque) - len(pdf))


def _completees(xmp: bytes) -> bytes:
    """Les propriétés, et le schéma d'extension que PDF/A exige pour tout
    vocabulaire qui n'est pas le sien.
    """
    valeurs = "".join(f"<fx:{nom}>{valeur}</fx:{nom}>" for nom, valeur, _ in PROPRIETES)
    decrites = "".join(
        '<rdf:li rdf:parseType="Resource">'
        "<pdfaProperty:category>external</pdfaProperty:category>"
        f"<pdfaProperty:description>{sens}</pdfaProperty:description>"
        f"<pdfaProperty:name>{nom}</pdfaProperty:name>"
        "<pdfaProperty:valueType>Text</pdfaProperty:valueType></rdf:li>"
        for nom, _, sens in PROPRIETES
    )
    extension = (
        '<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Factur-X PDFA Extension '
        "Schema</pdfaSchema:schema>"
        f"<pdfaSchema:namespaceURI>{SCHEMA}</pdfaSchema:namespaceURI>"
        "<pdfaSchema:prefix>fx</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{decrites}</rdf:Seq></pdfaSchema:property></rdf:li>"
    )
    texte = xmp.decode("utf-8")
    fin_des_schemas, fin = "</rdf:Bag></pdfaExtension:schemas>", "</rdf:RDF>"
    if texte.count(fin_des_schemas) != 1 or texte.count(fin) != 1:
        raise ValueError("Les métadonnées n'ont pas la forme que Typst écrit.")
    propre = f'<rdf:Description rdf:about="" xmlns:fx="{SCHEMA}">{valeurs}</rdf:Description>'
    texte = texte.replace(fin_des_schemas, extension + fin_des_schemas).replace(fin, propre + fin)
    return texte.encode()


def _recaler(pdf: bytes, *, apres: int, decalage: int) -> bytes:
    """La table des objets, chaque objet qui suit déplacé d'autant, et sa propre place."""
    debut = pdf.rindex(b"xref\n", 0, pdf.rindex(b"startxref"))
    fin = pdf.index(b"trailer", debut)

    def place(entree: re.Match[bytes]) -> bytes:
        ancienne = int(entree[1])
        return b"%010d 00000 n" % (ancienne + decalage if ancienne > apres else ancienne)

    table = _ENTREE.sub(place, pdf[debut:fin])
    pied = re.sub(rb"startxref\n\d+", b"startxref\n%d" % debut, pdf[fin:])
    return pdf[:debut] + table + pied
