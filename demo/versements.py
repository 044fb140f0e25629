"""Les versements de la démonstration :
un paquet que les archives prennent en charge, un autre qu'elles ont seulement reçu.
"""

from datetime import datetime

from django.conf import settings

from beffroi.achat.consultations.models import Consultation
from beffroi.garde.archives.services.paquets import demander_un_paquet, etablir_un_paquet
from beffroi.garde.versements.models import Versement
from beffroi.garde.versements.services import declarer_la_remise, enregistrer_la_reponse
from demo.peuplement import Troupe
from formats.dates import PARIS
from formats.seda import D_OFFICE
from formats.seda.versions import espace

REMISE = "À Agnès Warin, aux Archives départementales, sur une clé USB chiffrée, contre reçu"
COTE = "2026 W 118"
LISTES = (
    "<CodeListVersions><ReplyCodeListVersion>1</ReplyCodeListVersion>"
    "<MessageDigestAlgorithmCodeListVersion>1</MessageDigestAlgorithmCodeListVersion>"
    "</CodeListVersions>"
)
UNITES = (
    '<DataObjectPackage><DescriptiveMetadata><ArchiveUnit id="CONSULTATION"><Content>'
    f"<ArchivalAgencyArchiveUnitIdentifier>{COTE}</ArchivalAgencyArchiveUnitIdentifier>"
    "</Content></ArchiveUnit></DescriptiveMetadata><ManagementMetadata/></DataObjectPackage>"
)


def raconter(troupe: Troupe, *, le: datetime) -> None:
    """La consultation archivée est prise en charge ;
    la renonciation attend la réponse, son accusé est là.
    """
    archivee = Consultation.toutes.filter(etat=Consultation.Etat.ARCHIVEE).latest("pk")
    sans_suite = Consultation.toutes.filter(etat=Consultation.Etat.SANS_SUITE).latest("pk")
    for consultation, ecrire in ((archivee, prise_en_charge), (sans_suite, accuse)):
        versement = remettre(consultation, troupe, le=le)
        enregistrer_la_reponse(
            versement=versement,
            octets=ecrire(versement).encode(),
            nom=f"{versement.paquet.reference}.xml",
            par=troupe.personnes["martine"],
            maintenant=versement.demande_le,
        )


def remettre(consultation: Consultation, troupe: Troupe, *, le: datetime) -> Versement:
    """L'ouvrier ne tourne pas encore :
    le paquet s'établit ici, et se remet à l'heure où il est prêt.
    """
    par = troupe.personnes["martine"]
    paquet = demander_un_paquet(consultation=consultation, version=D_OFFICE, par=par, maintenant=le)
    etabli = etablir_un_paquet(paquet)
    if etabli.fini_le is None or etabli.refus:
        raise ValueError(f"Le paquet de {consultation.reference} ne s'établit pas : {etabli.refus}")
    return declarer_la_remise(paquet=etabli, remise=REMISE, par=par, maintenant=etabli.fini_le)


def accuse(versement: Versement) -> str:
    return message(
        versement,
        "Acknowledgement",
        f"<MessageIdentifier>AR-{versement.reference}</MessageIdentifier>"
        f"<MessageReceivedIdentifier>{versement.paquet.reference}</MessageReceivedIdentifier>"
        f"<Sender><Identifier>{settings.ARCHIVES['service']}</Identifier></Sender>"
        f"<Receiver><Identifier>{versement.organisme_du_journal}</Identifier></Receiver>",
    )


def prise_en_charge(versement: Versement) -> str:
    return message(
        versement,
        "ArchiveTransferReply",
        f"<MessageIdentifier>ATR-{versement.reference}</MessageIdentifier>"
        f"{LISTES}{UNITES}<ReplyCode>OK</ReplyCode>"
        f"<MessageRequestIdentifier>{versement.paquet.reference}</MessageRequestIdentifier>"
        f"<GrantDate>{heure(versement)}</GrantDate>"
        f"<ArchivalAgency><Identifier>{settings.ARCHIVES['service']}</Identifier></ArchivalAgency>"
        f"<TransferringAgency><Identifier>{versement.organisme_du_journal}</Identifier>"
        "</TransferringAgency>",
    )


def message(versement: Versement, nom: str, dedans: str) -> str:
    """Ce que le système des archives rendrait, dans la version du paquet."""
    return (
        f'<{nom} xmlns="{espace(versement.paquet.version)}">'
        f"<Date>{heure(versement)}</Date>{dedans}</{nom}>"
    )


def heure(versement: Versement) -> str:
    return versement.demande_le.astimezone(PARIS).isoformat(timespec="seconds")
