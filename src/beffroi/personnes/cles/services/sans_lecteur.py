"""Une clé que personne n'ouvrira : pour ce qui est déposé sans jamais devoir être lu."""

from datetime import datetime

from django.db import transaction

from beffroi.personnes.cles import rules, scellement
from beffroi.personnes.cles.models import PaireDeCles
from beffroi.personnes.cles.services.paires import inscrire_la_naissance
from beffroi.personnes.cles.signature import Usage, signer_sans_lecteur
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.journal import chainage
from beffroi.socle.journal.acteurs import Acteur


@transaction.atomic
def deposer_paire_sans_lecteur(
    *, organisme: Organisme, usage: Usage, par: Acteur, maintenant: datetime
) -> PaireDeCles:
    """Publie une clé, au registre comme toute autre, et en oublie la moitié secrète :
    elle n'a ni membre, ni gardien.
    """
    signee = signer_sans_lecteur(usage)
    cle = scellement.lire_destinataire(signee.contenu["destinataire"])
    paire = PaireDeCles.objects.create(
        organisme=organisme,
        destinataire=cle.texte,
        empreinte=cle.empreinte,
        politique=usage.politique,
        seuil=rules.SEUILS[usage.politique],
        seuil_des_gardiens=0,
        enregistrement=chainage.canonique(signee.contenu),
        signature=signee.signature.hex(),
        creee_le=maintenant,
    )
    donnees = {
        "cle": signee.contenu,
        "cle_de_signature": signee.publique.hex(),
        "membres": [],
        "gardiens": [],
    }
    inscrire_la_naissance(paire, donnees, par=par, maintenant=maintenant)
    return paire
