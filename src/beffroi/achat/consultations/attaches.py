"""Ce qui tient à une personne au moment où elle part :
clés de consultations à ouvrir, garde, entreprises.
"""

from datetime import datetime

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.states import Etat
from beffroi.personnes.cles.queries import gardien_en_fonction, parts_des_membres
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.queries import membres_de
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.ports import Attaches, PartTenue
from beffroi.personnes.organismes.queries import agents_de

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
    return Attaches(
        parts=tuple(
            _part_tenue(consultation, utilisateur, le=le)
            for consultation in a_ouvrir.select_related("organisme", "cle_offre")
            .order_by("reference")
            .distinct()
        ),
        est_gardien=gardien_en_fonction(utilisateur) is not None,
        entreprises=membres_de(utilisateur).count(),
    )


def _part_tenue(consultation: Consultation, utilisateur: Utilisateur, *, le: datetime) -> PartTenue:
    paire = consultation.cle_offre
    ouvreurs = {
        habilitation.utilisateur_id
        for habilitation in agents_de(consultation.organisme, le)
        if Habilitation.Role.OUVREUR in habilitation.roles and habilitation.utilisateur.est_actif
    }
    porteurs = (
        {part.identite.utilisateur_id for part in parts_des_membres(paire)} if paire else set()
    )
    return PartTenue(
        organisme=consultation.organisme.siret,
        reference=consultation.reference,
        titre=consultation.titre,
        restants=len((porteurs & ouvreurs) - {utilisateur.pk}),
        seuil=paire.seuil if paire else 0,
    )
