"""Lire les retraits d'une consultation : les lignes du registre, ses nombres, ses tirages."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import publiee
from beffroi.personnes.abonnements import services as abonnements
from beffroi.personnes.abonnements.queries import etats_des_suivis
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.permissions import exiger_role
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.publicite.retraits import jetons, manques
from beffroi.publicite.retraits.models import (
    Retirant,
    RetraitDce,
    RetraitsEnNombre,
    TirageDesRetraits,
)
from beffroi.publicite.retraits.permissions import ACTES
from beffroi.socle.fondations import exploitant
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.journal import tirages
from formats import registre_des_retraits as formats
from formats.registre_des_retraits import LigneDeRetrait, Registre


def consultation_pour(utilisateur: Utilisateur, reference: str, *, le: datetime) -> Consultation:
    """La consultation, pour lire ses retraits : 404 si elle est étrangère, 403 sans le rôle."""
    consultation = publiee(reference)
    exiger_role(
        habilitation_dans(utilisateur, consultation.organisme, le), "lire_les_retraits", ACTES
    )
    return consultation


def retirant_du_lien(consultation: Consultation, jeton: str) -> Retirant:
    retirant = Retirant.objects.filter(
        consultation=consultation, reference=jetons.reference_de(jeton)
    ).first()
    if retirant is None:
        raise Introuvable()
    return retirant


def version_en_cours(consultation: Consultation, *, le: datetime) -> int:
    """Celle que l'on téléchargeait à cet instant, même inscrite après une autre publication."""
    return 1 + consultation.versions_du_dossier.filter(publiee_le__lte=le).count()


def retraits_de(consultation: Consultation) -> QuerySet[RetraitDce]:
    return RetraitDce.objects.filter(consultation=consultation).select_related(
        "piece", "retirant__equipe"
    )


def dernier_tirage(consultation: Consultation) -> TirageDesRetraits | None:
    return TirageDesRetraits.objects.filter(consultation=consultation).order_by("-numero").first()


def a_change(tirage: TirageDesRetraits, registre: Registre) -> bool:
    return tirages.a_change(tirage, formats.csv(registre))


def sujet_de(consultation: Consultation) -> abonnements.Sujet:
    """Ce que l'on suit en suivant une consultation."""
    return abonnements.Sujet(
        cle=f"consultation:{consultation.reference}",
        libelle=f"{consultation.reference} : {consultation.titre}",
        page=reverse("consultations:fiche", args=(consultation.reference,)),
    )


def registre_de(consultation: Consultation, *, etabli_le: datetime) -> Registre:
    """Le registre à cet instant :
    ce qui a été téléchargé, par qui s'est nommé, et ce qui n'a pas pu s'inscrire.
    """
    retraits = list(retraits_de(consultation))
    suivis = etats_des_suivis(sujet_de(consultation).cle)
    return Registre(
        reference=consultation.reference,
        titre=consultation.titre,
        acheteur=consultation.organisme.nom,
        exploitant=exploitant.nom(etabli_le),
        lignes=tuple(_ligne(retrait, suivis) for retrait in retraits),
        manques=manques.nombre(consultation.reference) + en_nombre(consultation),
        etabli_le=etabli_le,
    )


def en_nombre(consultation: Consultation) -> int:
    """Ceux qui n'ont pas leur ligne, parce que trop d'inconnus téléchargeaient en même temps."""
    comptes = RetraitsEnNombre.objects.filter(consultation=consultation)
    return comptes.values_list("nombre", flat=True).first() or 0


def _ligne(retrait: RetraitDce, suivis: dict[str, str]) -> LigneDeRetrait:
    retirant = retrait.retirant
    return LigneDeRetrait(
        le=retrait.le,
        document=f"{retrait.piece.intitule} ({retrait.piece.nom})"
        if retrait.piece
        else "Dossier entier",
        version=retrait.version,
        entreprise=retirant.entreprise if retirant else "",
        identifiant=_identifiant(retirant),
        courriel=retirant.courriel if retirant else "",
        prevenue=suivis.get(retirant.courriel, "Non") if retirant and retirant.courriel else "",
    )


def _identifiant(retirant: Retirant | None) -> str:
    """Le SIRET vient du compte ; un nom tapé à la main n'en a pas, et rien ne le vérifie."""
    return retirant.equipe.identifiant if retirant and retirant.equipe else ""
