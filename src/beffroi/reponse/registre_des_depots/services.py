"""Sceller le registre des dépôts, et le sceller de nouveau quand il a changé."""

from datetime import datetime

from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.reponse.registre_des_depots import queries, rules
from beffroi.reponse.registre_des_depots.models import RegistreScelle
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import inscrire_un_tirage
from beffroi.socle.journal.tirages import ASceller
from formats import registre_des_depots as formats
from formats.registre_des_depots import Registre

FABRIQUES = {"csv": formats.csv, "ods": formats.ods, "pdf": formats.pdf}


def sceller_le_registre(
    *, consultation: Consultation, par: Acteur, maintenant: datetime
) -> RegistreScelle:
    """Tire le registre en trois formats, les garde, et en scelle les empreintes ;
    rien s'il n'a pas changé depuis.

    Les fichiers se composent avant la transaction : un dépôt tardif n'attend pas une mise en page.
    """
    exiger(rules.peut_se_montrer(date_limite=consultation.limite, maintenant=maintenant))
    registre = queries.registre_de(consultation, etabli_le=maintenant)
    dernier = queries.dernier_tirage(consultation)
    if dernier is not None and not queries.a_change(dernier, registre):
        return dernier
    octets = {extension: fabrique(registre) for extension, fabrique in FABRIQUES.items()}
    return inscrire_le_tirage(consultation=consultation, registre=registre, octets=octets, par=par)


@transaction.atomic
def inscrire_le_tirage(
    *, consultation: Consultation, registre: Registre, octets: dict[str, bytes], par: Acteur
) -> RegistreScelle:
    """Garde les fichiers du tirage, et inscrit leurs empreintes.

    Deux demandes simultanées n'en font qu'un.
    """
    consultation = verrouiller(consultation)
    dernier = queries.dernier_tirage(consultation)
    if dernier is not None and not queries.a_change(dernier, registre):
        return dernier
    tirage = RegistreScelle(consultation=consultation, numero=dernier.numero + 1 if dernier else 1)
    inscrire_un_tirage(
        tirage,
        ASceller("registre.scelle", "depots", len(registre.lignes), octets),
        sujet=consultation.reference,
        organisme=consultation.organisme_du_journal,
        par=par,
        le=registre.etabli_le,
    )
    return tirage
