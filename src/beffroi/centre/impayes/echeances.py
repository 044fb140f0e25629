"""Ce que les impayés attendent de chacun : du centre, selon son rôle ;
de l'adhérent que l'on a relancé.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import QuerySet

from beffroi.centre.impayes import ecrans
from beffroi.centre.impayes.models import Defaut, SuspensionDImpaye
from beffroi.centre.impayes.permissions import ACTES
from beffroi.centre.impayes.states import Etat
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.personnes.organismes.permissions import permet
from beffroi.socle.fondations.a_faire import GesteAttendu
from beffroi.socle.fondations.requetes import prete
from droit.dates import en_toutes_lettres
from formats.dates import PARIS
from formats.sommes import au_centime

PERMISSIONS = {
    "a_relancer": "relancer",
    "a_mettre_en_demeure": "relancer",
    "a_decider": "proposer",
    "preuve": "noter_une_preuve",
}
TITRES = {
    "a_relancer": ("Relancer une contribution impayée", "Relancer"),
    "a_mettre_en_demeure": ("Mettre un adhérent en demeure de payer", "Mettre en demeure"),
    "a_decider": ("Proposer la suite d'un impayé", "Proposer"),
    "preuve": ("Joindre la preuve d'une lettre recommandée", "Joindre"),
}


def attendues_du_centre(habilitation: Habilitation, *, le: datetime) -> Iterator[GesteAttendu]:
    """Ce que son rôle permet aujourd'hui : une ligne par dossier."""
    for ligne in ecrans.lignes(le=le.astimezone(PARIS).date()) if en_suit(habilitation) else ():
        permission = PERMISSIONS.get(ligne.etape)
        if permission and permet(habilitation, permission, ACTES):
            titre, geste = TITRES[ligne.etape]
            yield GesteAttendu(
                titre,
                f"{ligne.contribution.nom} : {au_centime(ligne.reste)}.",
                ligne.page,
                geste,
                f"Possible depuis le {en_toutes_lettres(ligne.suite.des)}"
                if ligne.suite.des
                else "Dès maintenant",
                ligne.suite.des,
            )


def en_suit(habilitation: Habilitation) -> bool:
    """Un de ses actes au moins fait avancer un impayé."""
    return permet(habilitation, "voir_les_impayes", ACTES) and any(
        permet(habilitation, permission, ACTES) for permission in PERMISSIONS.values()
    )


def repond(habilitation: Habilitation) -> bool:
    return permet(habilitation, "voir_les_impayes", ACTES) and permet(
        habilitation, "repondre_a_une_contestation", ACTES
    )


def sans_reponse(habilitation: Habilitation) -> QuerySet[SuspensionDImpaye]:
    """Les contestations qui attendent le centre, pour qui peut y répondre."""
    suspensions = SuspensionDImpaye.objects
    return _sans_fin() if repond(habilitation) else suspensions.none()


@prete
def _sans_fin() -> QuerySet[SuspensionDImpaye]:
    return SuspensionDImpaye.objects.filter(fin=None)


def contestations(habilitation: Habilitation) -> Iterator[GesteAttendu]:
    for suspension in sans_reponse(habilitation).select_related("contribution"):
        yield GesteAttendu(
            "Répondre à une contribution contestée",
            f"{suspension.contribution.nom}. Les délais attendent votre réponse.",
            f"/cdg/impayes/contestations/{suspension.reference}/",
            "Répondre",
            f"Contestée le {en_toutes_lettres(suspension.du)}",
            suspension.du,
        )


def attendues_de_l_adherent(
    organisme: Organisme, reclames: Iterable[Defaut]
) -> Iterator[GesteAttendu]:
    """Payer ou contester ce qui lui est réclamé."""
    for defaut in reclames:
        yield GesteAttendu(
            "Payer ou contester une contribution en retard",
            (
                f"Contribution {defaut.contribution.exercice.annee}. "
                "Vos consultations en cours ne sont pas touchées."
            ),
            f"/adhesion/{organisme.siret}/impaye/",
            "Voir",
            f"Échue le {en_toutes_lettres(defaut.echeance)}",
            defaut.echeance,
            presse=defaut.etat != Etat.RELANCEE,
        )
