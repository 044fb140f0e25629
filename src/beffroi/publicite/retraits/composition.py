"""Le registre des retraits d'une consultation, prêt pour ses trois formats."""

from datetime import datetime

from django.conf import settings

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.abonnements.queries import etats_des_suivis
from beffroi.publicite.retraits import annonces, manques, queries
from beffroi.publicite.retraits.models import Retirant, RetraitDce
from formats.registre_des_retraits import LigneDeRetrait, Registre


def composer(consultation: Consultation, *, etabli_le: datetime) -> Registre:
    """Le registre à cet instant :
    ce qui a été téléchargé, par qui s'est nommé, et ce qui n'a pas pu s'inscrire.
    """
    retraits = list(queries.retraits_de(consultation))
    suivis = etats_des_suivis(annonces.sujet_de(consultation).cle)
    return Registre(
        reference=consultation.reference,
        titre=consultation.titre,
        acheteur=consultation.organisme.nom,
        exploitant=settings.SERVICE["exploitant"],
        lignes=tuple(ligne(retrait, suivis) for retrait in retraits),
        manques=manques.nombre(consultation.reference),
        etabli_le=etabli_le,
    )


def ligne(retrait: RetraitDce, suivis: dict[str, str]) -> LigneDeRetrait:
    retirant = retrait.retirant
    return LigneDeRetrait(
        le=retrait.le,
        document=f"{retrait.piece.intitule} ({retrait.piece.nom})"
        if retrait.piece
        else "Dossier entier",
        version=retrait.version,
        entreprise=retirant.entreprise if retirant else "",
        identifiant=identifiant(retirant),
        courriel=retirant.courriel if retirant else "",
        prevenue=suivis.get(retirant.courriel, "Non") if retirant and retirant.courriel else "",
    )


def identifiant(retirant: Retirant | None) -> str:
    """Le SIRET vient du compte ; un nom tapé à la main n'en a pas, et rien ne le vérifie."""
    return retirant.etablissement.identifiant if retirant and retirant.etablissement else ""
