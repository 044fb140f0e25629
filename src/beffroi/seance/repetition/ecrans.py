"""Ce que les écrans de la répétition montrent, prêt à l'emploi."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import EtatDeLaRepetition
from beffroi.personnes.cles.models import PaireDeCles
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.permissions import permet
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.seance.ouverture import dialogue
from beffroi.seance.ouverture.ecrans import Etape, VueDUneTable, marches
from beffroi.seance.repetition import queries, rules
from beffroi.seance.repetition.models import Repetition
from beffroi.seance.repetition.permissions import ACTES
from beffroi.seance.repetition.states import EN_COURS, EtatDeRepetition
from formats import dates

ETAPES = (
    "se réunir",
    "tourner les clés",
    "ouvrir l'enveloppe d'essai",
    "comparer, puis tout effacer",
)
PAGES = {1: "rejoindre", 3: "enveloppe", 4: "comparer"}


@dataclass
class Tableau(VueDUneTable):
    """La répétition vue par une personne."""

    repetition: Repetition
    utilisateur: Utilisateur

    @property
    def table(self) -> Repetition:
        return self.repetition

    @property
    def est_finie(self) -> bool:
        return self.repetition.etat not in EN_COURS

    @property
    def reussie(self) -> bool:
        return self.repetition.etat == EtatDeRepetition.REUSSIE

    @property
    def etape(self) -> int:
        if self.est_finie or self.repetition.lue_le:
            return 4
        if self.repetition.etat == EtatDeRepetition.OUVERTE:
            return 3
        return 2 if self.place else 1

    @property
    def etapes(self) -> list[Etape]:
        return marches(self.etape, len(ETAPES))

    @property
    def nom_de_l_etape(self) -> str:
        return ETAPES[self.etape - 1]

    @property
    def etape_d_apres(self) -> str:
        return next(iter(ETAPES[self.etape :]), "")

    @property
    def peut_s_asseoir(self) -> bool:
        return any(place.utilisateur_id == self.utilisateur.pk for place in self.presents)

    @property
    def gabarit(self) -> str:
        if self.est_finie:
            page = "finie"
        elif self.place is None:
            page = "rejoindre"
        elif self.etape == 2:
            page = "cles" if self.preside else "participant"
        else:
            page = PAGES[self.etape]
        return f"repetition/{page}.html"

    @property
    def version(self) -> str:
        """Change quand l'écran doit changer."""
        places = [
            f"{p.pk}{bool(p.connecte_le)}{bool(p.confirme_le)}{bool(p.cle_tournee_le)}"
            for p in self.presents
        ]
        return "/".join([self.repetition.etat, str(self.repetition.lue_le), *places])

    def dialogue(self) -> dict[str, Any]:
        """Ce que lit le script : les mêmes faits que pour la séance, sur la clé jetable."""
        return dialogue.etat(
            dialogue.Vue(
                table=self.repetition,
                version=self.version,
                etat=self.repetition.etat,
                seuil=self.repetition.seuil,
                empreintes={queries.SORTE: self.repetition.empreinte},
                enregistrements={queries.SORTE: ""},
                parts=queries.parts_de(self.repetition, self.utilisateur),
                preside=self.preside,
                presidence_a_une_part=True,
                place=self.place,
                autres=[
                    p
                    for p in self.presents
                    if p.connecte_le and p.utilisateur_id != self.utilisateur.pk
                ],
            )
        )


def accueil(
    consultation: Consultation, utilisateur: Utilisateur, *, le: datetime
) -> dict[str, object]:
    """Avant de répéter : qui, comment, et ce qui a déjà été fait."""
    publiee = consultation.etat == Consultation.Etat.PUBLIEE
    identites = queries.identites_qui_ouvrent(consultation)
    decision = rules.peut_se_repeter(
        publiee=publiee, date_limite=consultation.limite, maintenant=le
    )
    designee = utilisateur.pk in {identite.utilisateur_id for identite in identites}
    habilitation = habilitation_dans(utilisateur, consultation.organisme, le)
    en_cours = queries.en_cours(consultation)
    return {
        "consultation": consultation,
        "personnes": [identite.utilisateur for identite in identites],
        "double": consultation.politique_de_cles == PaireDeCles.Politique.DOUBLE,
        "refus": decision.motifs,
        "en_cours": en_cours,
        "reussie": queries.derniere_reussie(consultation),
        "peut_commencer": decision.favorable
        and designee
        and en_cours is None
        and permet(habilitation, "repeter", ACTES),
        "donnees": {
            "politique": consultation.politique_de_cles,
            "membres": [
                {
                    "reference": i.utilisateur.reference,
                    "destinataire": i.destinataire,
                    "empreinte": i.empreinte,
                }
                for i in identites
            ],
        },
    }


def etat_de_la_repetition(consultation: Consultation, *, le: datetime) -> EtatDeLaRepetition:
    """Le port `consultations.RepetitionDeLOuverture` : la phrase de la page de l'acheteur."""
    reussie = queries.derniere_reussie(consultation)
    publiee = consultation.etat == Consultation.Etat.PUBLIEE
    possible = rules.peut_se_repeter(
        publiee=publiee, date_limite=consultation.limite, maintenant=le
    ).favorable
    if reussie is None or reussie.finie_le is None:
        return EtatDeLaRepetition(
            faite=False, texte="L'ouverture n'a pas été répétée.", possible=possible
        )
    noms = " et ".join(queries.qui_a_repete(reussie))
    texte = f"Répétée le {dates.jour(reussie.finie_le)} par {noms}."
    return EtatDeLaRepetition(faite=True, texte=texte, possible=possible)
