"""Le DUME de l'acheteur, tiré de l'achat :
ses critères de sélection, et le DUME simplifié (CCP, art. R. 2143-4).
"""

import re
import unicodedata
import uuid
from collections.abc import Iterator, Mapping

from beffroi.achat.consultations.models import Consultation, PieceAttendue
from beffroi.achat.consultations.queries import lots_de, pieces_attendues_de
from beffroi.achat.preparation.queries import achat_de
from beffroi.publicite.avis.rules.depuis_l_achat import CODES
from droit.achat import Achat
from droit.pieces_de_candidature import CRITERES
from formats.dume import Dume, ecrire_demande
from formats.dume.modele import Emission, Partie

ESPACE = uuid.UUID("5d0b2f0c-6d2c-4c0e-9d43-6a7a0b1f2c11")
# Ce que valent des références selon la prestation ;
# une pièce qu'aucun motif ne range ne devient pas un critère.
REFERENCES = {
    "travaux": "work-perform",
    "fournitures": "supply-perform",
    "services": "service-perform",
}
_REFERENCES = re.compile(r"\breferences?\b")


def demande_de(consultation: Consultation) -> Dume:
    """Toujours le même document pour une même publication : même identifiant, même heure."""
    emis = consultation.publiee_le or consultation.creee_le
    achat = achat_de(consultation, le=emis)
    return ecrire_demande(
        consultation=consultation.reference,
        intitule=consultation.titre,
        objet=consultation.objet,
        procedure=CODES.get(consultation.type_de_procedure, "oth-single"),
        acheteur=_acheteur(consultation),
        emission=Emission(
            str(uuid.uuid5(ESPACE, f"{consultation.reference} {emis.isoformat()}")), emis
        ),
        lots=[lot.numero for lot in lots_de(consultation)],
        selection=selection(achat, _pieces(consultation, achat)),
        simplifie=achat.candidature.dume_simplifie,
    )


def est_accepte(consultation: Consultation) -> bool:
    """Toujours pour un marché ; pour une concession, si l'acheteur le dit :
    l'article ne la vise pas.
    """
    le = consultation.publiee_le or consultation.creee_le
    return not consultation.est_concession or achat_de(consultation, le=le).candidature.dume_accepte


def selection(achat: Achat, pieces: list[str]) -> Mapping[str, Mapping[str, str]]:
    """Les critères de sélection, par code :
    ce que l'acheteur demande, mot pour mot, et son chiffre d'affaires minimal.
    """
    voulus: dict[str, list[str]] = {}
    for piece in pieces:
        for code in _codes(piece, achat.prestation):
            voulus.setdefault(code, []).append(piece)
    exigences = {code: {"DESCRIPTION": " ; ".join(dites)} for code, dites in voulus.items()}
    minimal = achat.candidature.chiffre_d_affaires_minimal
    if minimal is not None:
        exigences.setdefault("gen-year-to", {})["MINIMUM_AMOUNT"] = f"{minimal:f}"
    return exigences


def _codes(piece: str, prestation: str) -> Iterator[str]:
    plie = "".join(
        c for c in unicodedata.normalize("NFD", piece.lower()) if not unicodedata.combining(c)
    )
    plie = plie.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    if _REFERENCES.search(plie) and prestation in REFERENCES:
        yield REFERENCES[prestation]
    for motif, code in CRITERES:
        if motif.search(plie):
            yield code


def _pieces(consultation: Consultation, achat: Achat) -> list[str]:
    candidature = PieceAttendue.Enveloppe.CANDIDATURE
    attendues = pieces_attendues_de(consultation)
    dites = (
        *achat.candidature.pieces,
        *achat.candidature.criteres_de_selection,
        *(piece.intitule for piece in attendues if piece.enveloppe == candidature),
    )
    return list(dict.fromkeys(dites))


def _acheteur(consultation: Consultation) -> Partie:
    organisme = consultation.organisme
    return Partie(
        nom=organisme.nom,
        identifiant=organisme.siret,
        pays="FRA",
        rue=organisme.adresse,
        ville=organisme.ville,
        code_postal=organisme.code_postal,
        courriel=organisme.courriel,
        telephone=organisme.telephone,
    )
