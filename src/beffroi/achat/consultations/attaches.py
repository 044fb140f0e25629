"""Ce qui tient à une personne au moment où elle part :
clés de consultations à ouvrir, garde, entreprises.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.states import Etat
from beffroi.personnes.cles.queries import gardien_en_fonction, parts_des_membres
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.queries import membres_de
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.ports import Attaches, PartTenue
from beffroi.personnes.organismes.queries import agents_des

A_OUVRIR = (
    Etat.BROUILLON,
    Etat.EN_RELECTURE,
    Etat.PROGRAMMEE,
    Etat.PUBLIEE,
    Etat.CLOSE,
    Etat.EN_OUVERTURE,
)


def attaches_d_une_personne(utilisateur: Utilisateur, *, le: datetime) -> Attaches:
    """Le port `organismes.AttachesDUnePersonne`."""
    a_ouvrir = Consultation.toutes.filter(
        etat__in=A_OUVRIR,
        cle_offre__parts__gardien=None,
        cle_offre__parts__identite__utilisateur=utilisateur,
    )
    siennes = a_ouvrir.select_related("organisme", "cle_offre").order_by("reference").distinct()
    return Attaches(
        parts=tuple(_parts_tenues(list(siennes), utilisateur, le=le)),
        est_gardien=gardien_en_fonction(utilisateur) is not None,
        entreprises=membres_de(utilisateur).count(),
    )


def _parts_tenues(
    consultations: Sequence[Consultation], utilisateur: Utilisateur, *, le: datetime
) -> Iterator[PartTenue]:
    ouvreurs: dict[int, set[int]] = defaultdict(set)
    for habilitation in agents_des({une.organisme_id for une in consultations}, le):
        if Habilitation.Role.OUVREUR in habilitation.roles and habilitation.utilisateur.est_actif:
            ouvreurs[habilitation.organisme_id].add(habilitation.utilisateur_id)
    paires = [une.cle_offre for une in consultations if une.cle_offre]
    porteurs: dict[int, set[int]] = defaultdict(set)
    for part in parts_des_membres(*paires):
        porteurs[part.paire_id].add(part.identite.utilisateur_id)
    for consultation in consultations:
        if paire := consultation.cle_offre:
            restants = porteurs[paire.pk] & ouvreurs[consultation.organisme_id]
            yield PartTenue(
                organisme=consultation.organisme.siret,
                reference=consultation.reference,
                titre=consultation.titre,
                restants=len(restants - {utilisateur.pk}),
                seuil=paire.seuil,
            )
