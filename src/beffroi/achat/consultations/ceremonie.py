"""La cérémonie des clés, ce qu'elle envoie au navigateur et ce qu'elle en reçoit :
à la publication, puis à chaque tour.
"""

from collections.abc import Mapping
from typing import Any

from beffroi.achat.consultations import queries
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.services.cles import usage_de
from beffroi.personnes.cles import queries as cles
from beffroi.personnes.cles.models import Gardien, IdentiteDeMembre
from beffroi.personnes.cles.scellement import parts_recues
from beffroi.personnes.cles.signature import PaireScellee
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.scripts import champ, octets


def membres_de_la_ceremonie(consultation: Consultation) -> list[dict[str, Any]]:
    """Chaque personne désignée : sa clé, et ses essais sur les deux paires de la consultation."""
    _, prets = queries.porteurs_et_prets(consultation, maintenant())
    designes = [membre.utilisateur for membre in queries.membres_de(consultation)]
    identites = cles.identites_de(designes)
    return [
        {
            "personne": personne,
            "identite": identites.get(personne.pk),
            "prete": cles.est_prete(identites.get(personne.pk)),
            "essai": personne.reference in prets,
        }
        for personne in designes
    ]


def donnees_de_la_ceremonie(
    consultation: Consultation,
    membres: list[dict[str, Any]],
    gardiens: list[Gardien],
    *,
    signataire: IdentiteDeMembre,
) -> dict[str, Any]:
    """Ce que le navigateur reçoit pour créer les clés de la consultation,
    les partager et les signer.
    """
    identites = cles.identites_de(gardien.utilisateur for gardien in gardiens)
    return {
        "consultation": consultation.reference,
        "date_limite": usage_de(consultation, "offre").date_limite_ecrite,
        "politique": consultation.politique_de_cles,
        "membres": [_porteur(m["personne"].reference, m["identite"]) for m in membres],
        "gardiens": [_gardien(gardien, identites[gardien.utilisateur_id]) for gardien in gardiens],
        "signataire": {
            "empreinte": signataire.empreinte,
            "fentes": cles.fentes_a_ouvrir(signataire),
        },
    }


def _porteur(reference: str, identite: IdentiteDeMembre) -> dict[str, str]:
    return {
        "reference": reference,
        "destinataire": identite.destinataire,
        "empreinte": identite.empreinte,
    }


def _gardien(gardien: Gardien, identite: IdentiteDeMembre) -> dict[str, str]:
    """La personne signe l'empreinte de ses deux clés, que son navigateur recalcule."""
    porteur = _porteur(gardien.reference, identite)
    return {**porteur, "cle_de_signature": identite.cle_de_signature}


def paire_recue(
    consultation: Consultation, recue: Mapping[str, Any], signataire: IdentiteDeMembre
) -> PaireScellee:
    """Une paire, telle que le navigateur l'envoie :
    la clé publique, ses parts scellées, sa signature.
    """
    identites = cles.identites_de(membre.utilisateur for membre in queries.membres_de(consultation))
    membres = {identite.utilisateur.reference: identite for identite in identites.values()}
    gardiens = {gardien.reference: gardien for gardien in cles.gardiens_prets()}
    return PaireScellee(
        destinataire=champ(recue, "destinataire", str),
        parts_des_membres=parts_recues(champ(recue, "membres", list), membres),
        parts_des_gardiens=parts_recues(champ(recue, "gardiens", list), gardiens),
        signataire=signataire,
        signature=octets(recue, "signature"),
    )
