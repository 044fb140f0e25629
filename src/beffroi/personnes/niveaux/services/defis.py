"""Lancer un défi, le relever : signer de l'entreprise un document que nul n'avait avant."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from beffroi.personnes.entreprises.models import Membre
from beffroi.personnes.niveaux import document_du_defi, rules
from beffroi.personnes.niveaux.models import Defi, PreuveDEntreprise, reference_de_defi
from beffroi.personnes.niveaux.services.preuves import Moyen, etablir
from beffroi.personnes.niveaux.verification import DefiRendu
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.services import journaliser
from formats import dates
from formats.signature import Certificat

DEFIS_PAR_JOUR = 20
# Passé, un défi se reconnaît encore : on dit qu'il a expiré plutôt que « inconnu ».
GARDE_APRES_LA_FIN = timedelta(days=60)
INCONNU = (
    "Ce fichier n'est pas un défi de cette plateforme, ou il a été changé avant d'être signé. "
    "Téléchargez le défi, signez-le tel quel, puis rendez le fichier signé."
)


@transaction.atomic
def lancer_un_defi(*, membre: Membre, maintenant: datetime) -> Defi:
    """Un défi neuf. Les précédents de l'équipe restent bons jusqu'à leur terme."""
    membre = verrouiller(membre, avec=("equipe", "utilisateur"))
    if membre.jusqu_au:
        raise ConflitEtat("Vous n'agissez plus pour cet établissement. Rechargez la page.")
    _exiger_peu_de_defis(membre, maintenant)
    reference = reference_de_defi()
    document = document_du_defi.composer(
        membre,
        reference=reference,
        alea=secrets.token_hex(32),
        service=str(settings.SERVICE["nom"]),
        maintenant=maintenant,
    )
    defi = Defi.objects.create(
        reference=reference,
        membre=membre,
        document=document,
        empreinte=hashlib.sha256(document).hexdigest(),
        taille=len(document),
        lance_le=maintenant,
        expire_le=maintenant + rules.DUREE_D_UN_DEFI,
    )
    journaliser(
        "equipe.lancer_un_defi",
        sujet=membre.equipe.reference,
        par=membre.utilisateur.acteur,
        le=maintenant,
        donnees={"defi": defi.reference, "sha256": defi.empreinte},
    )
    return defi


def _exiger_peu_de_defis(membre: Membre, maintenant: datetime) -> None:
    du_jour = Defi.objects.filter(
        membre__equipe=membre.equipe_id, lance_le__gt=maintenant - timedelta(days=1)
    )
    if du_jour.count() >= DEFIS_PAR_JOUR:
        raise RegleEnfreinte(
            f"Votre équipe a déjà demandé {DEFIS_PAR_JOUR} défis en un jour. Signez-en un, "
            "ou reprenez demain."
        )


@transaction.atomic
def relever_le_defi(*, rendu: DefiRendu, membre: Membre, maintenant: datetime) -> PreuveDEntreprise:
    """Le défi signé de l'entreprise prouve l'équipe. La base n'en garde que l'empreinte."""
    if rendu.defi is None:
        raise RegleEnfreinte(INCONNU)
    membre = verrouiller(membre, avec=("equipe", "utilisateur"))
    if membre.jusqu_au:
        raise ConflitEtat("Vous n'agissez plus pour cet établissement. Rechargez la page.")
    defi = verrouiller(rendu.defi, avec=("membre",))
    exiger(
        rules.peut_relever(
            la_meme_equipe=defi.membre.equipe_id == membre.equipe_id,
            releve_le=defi.releve_le,
            expire_le=defi.expire_le,
            maintenant=maintenant,
        )
    )
    exiger(rules.certificat_prouve(rendu.signature, entreprise=membre.equipe.numero_d_entreprise))
    defi.releve_le = maintenant
    defi.save(update_fields=["releve_le"])
    certificat = rendu.certificat
    return etablir(
        membre.equipe,
        moyen=Moyen.CERTIFICAT,
        precision=_dire(certificat) if certificat else "",
        par=membre.utilisateur,
        maintenant=maintenant,
        defi=defi.reference,
        sha256_du_fichier_signe=rendu.empreinte,
        sha256_du_certificat=certificat.empreinte if certificat else "",
    )


def _dire(certificat: Certificat) -> str:
    return (
        f"Certificat de {certificat.signataire}, délivré par {certificat.emetteur}, "
        f"n° {certificat.numero}, valable jusqu'au {dates.jour(certificat.valable_au)} ; "
        f"il porte {', '.join(certificat.numeros)}."
    )


@transaction.atomic
def oublier_les_defis(*, le: datetime) -> int:
    """Efface ceux dont plus personne ne rendra le fichier."""
    return Defi.objects.filter(expire_le__lt=le - GARDE_APRES_LA_FIN).delete()[0]
