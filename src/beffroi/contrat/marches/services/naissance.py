"""Ouvrir le contrat d'un lot attribué :
l'entreprise, le montant et l'offre viennent de l'attribution.
"""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.attribution import queries as attributions
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.marches.ports import accord_cadre_de
from beffroi.contrat.marches.services.contrats import Offre, Tenant, Termes, inscrire
from beffroi.reponse.depots.models import Enveloppe, Pli
from beffroi.socle.fondations.erreurs import ConflitEtat
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur

# La forme dite au dépôt, dans les mots du contrat :
# un mandataire solidaire ne rend pas le groupement solidaire.
FORMES = {
    "conjoint": "conjoint",
    "conjoint_mandataire_solidaire": "conjoint",
    "solidaire": "solidaire",
}


@transaction.atomic
def ouvrir(
    *,
    consultation: Consultation,
    lot: int | None,
    termes: Termes,
    par: Acteur,
    maintenant: datetime,
) -> Marche:
    """Un contrat par lot attribué, même à plusieurs titulaires.

    Sa signature attendra la fin de la suspension.
    """
    consultation = verrouiller(consultation, avec=("organisme",))
    ligne = attributions.attribution_de(consultation, lot, le=maintenant)
    attribution = ligne.attribution
    if attribution is None or ligne.pli is None or attribution.montant is None:
        raise ConflitEtat("Ce lot n'est attribué à personne : il n'y a pas de contrat à ouvrir.")
    du_lot = Marche.toutes.filter(lot__numero=lot) if lot else Marche.toutes.filter(lot=None)
    if du_lot.filter(consultation=consultation).exclude(etat=Marche.Etat.ABANDONNE).exists():
        raise ConflitEtat(
            "Le contrat de ce lot est déjà ouvert : voyez la liste des contrats. "
            "Si l'offre retenue a changé, abandonnez-le."
        )
    offre = Offre(
        consultation=consultation,
        lot=consultation.lots.filter(numero=lot).first() if lot else None,
        pli=ligne.pli,
        variante=attribution.variante,
    )
    return inscrire(
        organisme=consultation.organisme,
        termes=replace(
            rattaches(termes, accord_cadre_de(consultation)),
            montant=attribution.montant,
            offres_recues=max(offres_recues(consultation, lot), 1),
            groupement=""
            if len(ligne.retenues) > 1
            else FORMES.get(ligne.pli.groupement.get("forme", ""), ""),
        ),
        titulaires=[tenant for retenue in ligne.retenues for tenant in titulaires_de(retenue.pli)],
        offre=offre,
        par=par,
        maintenant=maintenant,
    )


def rattaches(termes: Termes, accord: Marche | None) -> Termes:
    """Le contrat né d'une remise en concurrence est un marché subséquent de son
    accord-cadre (CCP, art. R. 2162-7).
    """
    if accord is None:
        return termes
    return replace(
        termes, nature=Marche.Nature.MARCHE_SUBSEQUENT.value, accord_cadre=accord, maximum=None
    )


def titulaires_de(pli: Pli) -> list[Tenant]:
    """Le mandataire, puis chaque membre de son groupement :
    tous tiennent le contrat (CCP, art. R. 2142-20).
    """
    membres = [
        Tenant(membre["identifiant"], membre["nom"]) for membre in pli.groupement.get("membres", [])
    ]
    return [Tenant(pli.equipe.identifiant, pli.equipe.nom), *membres]


def offres_recues(consultation: Consultation, lot: int | None) -> int:
    """Les entreprises dont une offre est arrivée pour ce lot, écartées comprises ;
    un candidat sans offre ne compte pas.
    """
    offres = Enveloppe.objects.filter(
        pli__consultation=consultation, sorte="offre", pli__ouvertures__etat="ouverte"
    )
    du_lot = offres.filter(Q(lot=lot) | Q(lot=None)) if lot else offres
    return du_lot.values("pli__equipe__numero_d_entreprise").distinct().count()
