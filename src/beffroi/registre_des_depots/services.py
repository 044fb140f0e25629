"""Sceller le registre des dépôts, et le sceller de nouveau quand il a changé."""

import hashlib
import io
from datetime import datetime

from django.db import transaction

from beffroi.consultations.models import Consultation
from beffroi.journal.acteurs import Acteur
from beffroi.journal.services import engager_les_lignes, journaliser, signer_un_point_de_controle
from beffroi.registre_des_depots import composition, queries, rules
from beffroi.registre_des_depots.models import RegistreScelle
from beffroi.socle.erreurs import exiger
from beffroi.socle.stockage import nouvelle_cle, stockage
from beffroi.socle.verrous import verrouiller
from formats import registre_des_depots as formats
from formats.registre_des_depots import Registre

FABRIQUES = {"csv": formats.csv, "ods": formats.ods, "pdf": formats.pdf}


def sceller_le_registre(*, consultation: Consultation, par: Acteur, maintenant: datetime) -> RegistreScelle:
    """Tire le registre en trois formats, les garde, et en scelle les empreintes ; rien s'il n'a pas changé depuis.

    Les fichiers se composent avant la transaction : un dépôt tardif n'attend pas une mise en page.
    """
    exiger(rules.peut_se_montrer(date_limite=consultation.limite, maintenant=maintenant))
    registre = composition.composer(consultation, etabli_le=maintenant)
    dernier = queries.dernier_tirage(consultation)
    if dernier is not None and not queries.a_change(dernier, registre):
        return dernier
    octets = {extension: fabrique(registre) for extension, fabrique in FABRIQUES.items()}
    return inscrire_le_tirage(consultation=consultation, registre=registre, octets=octets, par=par)


@transaction.atomic
def inscrire_le_tirage(
    *, consultation: Consultation, registre: Registre, octets: dict[str, bytes], par: Acteur
) -> RegistreScelle:
    """Garde les fichiers du tirage, et inscrit leurs empreintes. Deux demandes simultanées n'en font qu'un."""
    consultation = verrouiller(consultation)
    dernier = queries.dernier_tirage(consultation)
    if dernier is not None and not queries.a_change(dernier, registre):
        return dernier
    documents = {extension: garder(contenu) for extension, contenu in octets.items()}
    numero = dernier.numero + 1 if dernier else 1
    ecriture = journaliser(
        "registre.scelle",
        sujet=consultation.reference,
        organisme=consultation.organisme_du_journal,
        par=par,
        le=registre.etabli_le,
        donnees={
            "tirage": numero,
            "depots": len(registre.lignes),
            "documents": {extension: empreinte_de(document) for extension, document in documents.items()},
        },
    )
    tirage = RegistreScelle.objects.create(
        consultation=consultation,
        numero=numero,
        sha256=documents["csv"]["sha256"],
        nombre=len(registre.lignes),
        documents=documents,
        scelle_le=registre.etabli_le,
        ecriture=ecriture.numero,
    )
    engager_les_lignes(sujet=consultation.reference, par=par, le=registre.etabli_le)
    # Sans tête signée, le journal public ne montrerait cette écriture qu'à la suivante.
    signer_un_point_de_controle(le=registre.etabli_le)
    return tirage


def garder(octets: bytes) -> dict[str, str | int]:
    cle = nouvelle_cle("registres")
    ecrit = stockage().ecrire(cle, io.BytesIO(octets))
    return {"cle": cle, "taille": ecrit.taille, "sha256": hashlib.sha256(octets).hexdigest()}


def empreinte_de(document: dict[str, str | int]) -> dict[str, str | int]:
    """Ce que le journal retient d'un fichier : pas où il est rangé."""
    return {"taille": document["taille"], "sha256": document["sha256"]}
