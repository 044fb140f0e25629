"""Les fichiers que la matrice juge :
ceux de tiers, lus à côté du dépôt, et ceux que les tests fabriquent.
"""

import copy
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import pkcs7
from lxml import etree

from formats.signature import Confiance, Demande
from formats.signature.tests import pki
from formats.signature.tests.signataire import UN_PDF

DS = "{http://www.w3.org/2000/09/xmldsig#}"
XADES = "{http://uri.etsi.org/01903/v1.3.2#}"
DOCUMENT = b"Acte d'engagement : 12 000,00 EUR HT"


@cache
def pdf() -> bytes:
    return pki.pdf_signe(UN_PDF)


@cache
def cms() -> bytes:
    return pki.cms_signe(DOCUMENT)


@cache
def xml(forme: str = "enveloped") -> bytes:
    return pki.xml_signe(forme=forme)


def _demande(nom: str, octets: bytes, document: bytes | None = None) -> Demande:
    return Demande(nom, octets, document, existait_le=pki.RECU_LE)


def ajouter_une_revision(octets: bytes) -> bytes:
    """Le contenu de la page remplacé dans une révision ajoutée :
    rien de ce qui est signé ne bouge.
    """
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    ecrivain = IncrementalPdfFileWriter(io.BytesIO(octets))
    flux = ecrivain.add_object(generic.StreamObject(stream_data=b"BT ET"))
    enfant = ecrivain.root["/Pages"]["/Kids"][0]
    enfant["/Contents"] = flux
    ecrivain.update_container(enfant)
    sortie = io.BytesIO()
    ecrivain.write(sortie)
    return sortie.getvalue()


def avec_un_formulaire() -> bytes:
    """Signé, puis un champ de formulaire ajouté avant est rempli après :
    permis par le PDF, jamais vert ici.
    """
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.generic import pdf_name
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    ecrivain = IncrementalPdfFileWriter(io.BytesIO(UN_PDF))
    champ = generic.DictionaryObject(
        {
            pdf_name("/FT"): pdf_name("/Tx"),
            pdf_name("/T"): generic.pdf_string("montant"),
            pdf_name("/V"): generic.pdf_string("12 000"),
        }
    )
    reference = ecrivain.add_object(champ)
    ecrivain.root["/AcroForm"] = generic.DictionaryObject(
        {pdf_name("/Fields"): generic.ArrayObject([reference])}
    )
    ecrivain.update_root()
    sortie = io.BytesIO()
    ecrivain.write(sortie)
    signe = IncrementalPdfFileWriter(io.BytesIO(pki.pdf_signe(sortie.getvalue())))
    rempli = signe.root["/AcroForm"]["/Fields"][0]
    rempli["/V"] = generic.pdf_string("99 000")
    signe.update_container(rempli)
    sortie = io.BytesIO()
    signe.write(sortie)
    return sortie.getvalue()


def pdf_altere() -> bytes:
    return pdf().replace(b"[0 0 595 842]", b"[0 0 595 843]")


def pdf_au_trou_rempli() -> bytes:
    """Un octet glissé dans le trou que la signature laisse : il n'est signé par rien."""
    debut = pdf().index(b"/Contents <") + len(b"/Contents <")
    fin = pdf().index(b">", debut)
    return pdf()[: fin - 1] + b"1" + pdf()[fin:]


def cms_simple() -> bytes:
    """Une signature PKCS#7 qui ne nomme pas son certificat : valable, mais pas CAdES."""
    qui = pki.porteur()
    chantier = (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(DOCUMENT)
        .add_signer(qui.certificat, qui.cle, hashes.SHA256())
    )
    return chantier.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])


def cms_a_deux() -> bytes:
    chantier = pkcs7.PKCS7SignatureBuilder().set_data(DOCUMENT)
    for qui in (pki.porteur(), pki.porteur("Émile Delattre")):
        chantier = chantier.add_signer(qui.certificat, qui.cle, hashes.SHA256())
    return chantier.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])


def cms_au_mauvais_resume() -> bytes:
    """Le document contenu changé, sa longueur gardée : le résumé signé n'est plus le sien."""
    return cms().replace(b"12 000,00", b"92 000,00")


def _modifier(forme: str, geste: Callable[[etree._Element], etree._Element | None]) -> bytes:
    racine = etree.fromstring(xml(forme))
    rendu = geste(racine)
    return etree.tostring(racine if rendu is None else rendu)


def xsw_racine_ajoutee(racine):
    """XSW 1 : le document signé entier, glissé dans un faux."""
    faux = etree.fromstring("<offre xmlns='urn:essai'><prix devise='EUR'>1,00</prix></offre>")
    faux.append(racine)
    return faux


def xsw_original_dans_la_signature(racine):
    """XSW 2 : le vrai document caché dans un objet de la signature, le faux à sa place."""
    signature = racine.find(f"{DS}Signature")
    vrai = copy.deepcopy(racine)
    vrai.remove(vrai.find(f"{DS}Signature"))
    objet = etree.SubElement(signature, f"{DS}Object")
    objet.append(vrai)
    racine[0].text = "1,00"


def xsw_objet_ajoute(racine):
    """XSW 3 : une signature enveloppante à qui l'on donne un second document."""
    objet = etree.SubElement(racine, f"{DS}Object", Id="faux")
    etree.SubElement(objet, "{urn:essai}offre").text = "1,00"


def xsw_enveloppante_glissee(racine):
    """XSW 4 : une signature enveloppante, bonne, glissée dans un autre document."""
    faux = etree.fromstring("<offre xmlns='urn:essai'><prix>1,00</prix></offre>")
    faux.append(racine)
    return faux


def xsw_objet_double(racine):
    """XSW 5 : un faux objet du même identifiant, devant le vrai."""
    objet = next(o for o in racine.findall(f"{DS}Object") if o.get("Id"))
    faux = copy.deepcopy(objet)
    faux[0][0].text = "1,00"
    objet.addprevious(faux)


def xsw_proprietes_doublees(racine):
    """XSW 6 : d'autres propriétés signées, ailleurs, qui annoncent une autre heure."""
    proprietes = copy.deepcopy(next(racine.iter(f"{XADES}SignedProperties")))
    proprietes.set("Id", "fausses")
    next(proprietes.iter(f"{XADES}SigningTime")).text = "2020-01-01T00:00:00+00:00"
    racine.insert(0, proprietes)


def identifiant_double(racine):
    racine[0].set("Id", racine.find(f"{DS}Signature").get("Id"))


def deux_signatures(racine):
    racine.append(copy.deepcopy(racine.find(f"{DS}Signature")))


def prix_change(racine):
    racine[0].text = "92 000,00"


def transformation_xpath(racine):
    """Une transformation que la bibliothèque ignore en silence."""
    transformations = next(racine.iter(f"{DS}Transforms"))
    ajoutee = etree.Element(
        f"{DS}Transform", Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"
    )
    transformations.insert(1, ajoutee)


def avec_une_entite() -> bytes:
    entete = b'<!DOCTYPE offre [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
    return entete + xml().replace(b">12 000,00<", b">&secret;<")


def avec_une_feuille_de_style() -> bytes:
    return b'<?xml-stylesheet type="text/xsl" href="autre.xsl"?>' + xml()


def xml_par_identifiant() -> bytes:
    """Signé par identifiant, pas en entier :
    le reste du document peut changer sans qu'elle le voie.
    """
    from signxml import SignatureConstructionMethod
    from signxml.xades import XAdESSigner

    document = etree.fromstring(b"<dossier><offre Id='o1'>12 000,00</offre></dossier>")
    qui = pki.porteur()
    signataire = XAdESSigner(method=SignatureConstructionMethod.enveloped)
    signe = signataire.sign(document, key=qui.cle, cert=[qui.certificat], reference_uri="#o1")
    return etree.tostring(signe)


def xml_en_sha1() -> bytes:
    from signxml.xades import XAdESSigner

    class Ancien(XAdESSigner):
        def check_deprecated_methods(self):
            """Laisse signer comme autrefois."""

    from signxml import SignatureConstructionMethod
    from signxml.algorithms import DigestAlgorithm, SignatureMethod

    qui = pki.porteur()
    signataire = Ancien(
        method=SignatureConstructionMethod.enveloped,
        signature_algorithm=SignatureMethod.RSA_SHA1,
        digest_algorithm=DigestAlgorithm.SHA1,
    )
    return etree.tostring(
        signataire.sign(etree.fromstring(pki.UN_XML), key=qui.cle, cert=[qui.certificat])
    )


def asic(document: bytes = DOCUMENT, *, documents: int = 1) -> bytes:
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w") as archive:
        archive.writestr("mimetype", "application/vnd.etsi.asic-s+zip")
        for rang in range(documents):
            archive.writestr(f"acte{rang}.txt", document)
        archive.writestr("META-INF/signature.p7s", pki.cms_signe(DOCUMENT, detachee=True))
    return sortie.getvalue()


def _expire() -> pki.Porteur:
    return pki.porteur("Paul Ancien", jusqu_au=pki.SIGNE_LE - timedelta(days=3))


def _sans(confiance: str) -> Confiance:
    entiere = pki.confiance()
    return replace(entiere, revocations=()) if confiance == "revocations" else Confiance()


def _fabriques() -> dict[str, Callable[[], tuple[Demande, Confiance]]]:
    sure = pki.confiance
    detachee = pki.cms_signe(DOCUMENT, detachee=True)
    gestes = {
        "xsw-racine-ajoutee.xml": ("enveloped", xsw_racine_ajoutee),
        "xsw-original-dans-la-signature.xml": ("enveloped", xsw_original_dans_la_signature),
        "xsw-objet-ajoute.xml": ("enveloping", xsw_objet_ajoute),
        "xsw-enveloppante-glissee.xml": ("enveloping", xsw_enveloppante_glissee),
        "xsw-objet-double.xml": ("enveloping", xsw_objet_double),
        "xsw-proprietes-doublees.xml": ("enveloped", xsw_proprietes_doublees),
        "identifiant-double.xml": ("enveloped", identifiant_double),
        "deux-signatures.xml": ("enveloped", deux_signatures),
        "prix-change.xml": ("enveloped", prix_change),
        "transformation-xpath.xml": ("enveloped", transformation_xpath),
    }
    simples: dict[str, Callable[[], bytes]] = {
        "signe.pdf": pdf,
        "octet-change.pdf": pdf_altere,
        "revision-ajoutee.pdf": lambda: ajouter_une_revision(pdf()),
        "formulaire-rempli.pdf": avec_un_formulaire,
        "signature-ajoutee.pdf": lambda: pki.pdf_signe(
            pdf(), par=pki.porteur("Émile Delattre"), champ="Signature2"
        ),
        "trou-rempli.pdf": pdf_au_trou_rempli,
        "expire.pdf": lambda: pki.pdf_signe(UN_PDF, par=_expire()),
        "non-signe.pdf": lambda: UN_PDF,
        "signe.p7m": cms,
        "mauvais-resume.p7m": cms_au_mauvais_resume,
        "pkcs7-simple.p7m": cms_simple,
        "deux-signataires.p7m": cms_a_deux,
        "sha1.p7m": lambda: pki.cms_signe(DOCUMENT, resume="sha1"),
        "detachee-seule.p7s": lambda: detachee,
        "signe.xml": xml,
        "enveloppante.xml": lambda: xml("enveloping"),
        "par-identifiant.xml": xml_par_identifiant,
        "sha1.xml": xml_en_sha1,
        "entite.xml": avec_une_entite,
        "feuille-de-style.xml": avec_une_feuille_de_style,
        "expire.xml": lambda: pki.xml_signe(par=_expire()),
        "signe.asics": asic,
        "document-change.asics": lambda: asic(b"Acte : 1 EUR"),
        "deux-documents.asics": lambda: asic(documents=2),
    }
    cas: dict[str, Callable[[], tuple[Demande, Confiance]]] = {
        nom: lambda nom=nom, faire=faire: (_demande(nom, faire()), sure())
        for nom, faire in simples.items()
    }
    for nom, (forme, geste) in gestes.items():
        cas[nom] = lambda nom=nom, forme=forme, geste=geste: (
            _demande(nom, _modifier(forme, geste)),
            sure(),
        )
    return cas | {
        "detachee.p7s": lambda: (_demande("detachee.p7s", detachee, DOCUMENT), sure()),
        "detachee-autre-document.p7s": lambda: (
            _demande("a.p7s", detachee, b"Un autre acte"),
            sure(),
        ),
        "enveloppante-autre-document.p7m": lambda: (
            _demande("a.p7m", cms(), b"Un autre acte"),
            sure(),
        ),
        "detachee.xml": lambda: (_demande("a.xml", xml("detached"), pki.UN_XML), sure()),
        "detachee-autre-document.xml": lambda: (
            _demande("a.xml", xml("detached"), b"<offre/>"),
            sure(),
        ),
        "enveloppee-a-cote.xml": lambda: (_demande("offre.pdf.xml", xml(), DOCUMENT), sure()),
        "enveloppante-a-cote.xml": lambda: (
            _demande("offre.pdf.xml", xml("enveloping"), DOCUMENT),
            sure(),
        ),
        "signe-a-cote.pdf": lambda: (_demande("a.pdf", pdf(), DOCUMENT), sure()),
        "signe-a-cote.asics": lambda: (_demande("a.asics", asic(), b"Un autre acte"), sure()),
        "sans-autorite.pdf": lambda: (_demande("a.pdf", pdf()), _sans("autorites")),
        "sans-revocation.pdf": lambda: (_demande("a.pdf", pdf()), _sans("revocations")),
        "revoque.pdf": lambda: (_demande("a.pdf", pdf()), pki.confiance(pki.porteur())),
        "sans-date-prouvee.pdf": lambda: (Demande("a.pdf", pdf()), sure()),
    }


FABRIQUES = _fabriques()


def du_tiers(chemin: Path) -> tuple[Demande, Confiance]:
    return _demande(chemin.name, chemin.read_bytes()), Confiance()
