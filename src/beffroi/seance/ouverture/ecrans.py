"""Ce que les écrans de la séance montrent, prêt à l'emploi :
les gabarits n'ont plus qu'à écrire.
"""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.tours import queries as tours
from beffroi.achat.tours.models import Tour
from beffroi.personnes.cles.models import PaireDeCles
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.permissions import permet
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.reponse.depots import queries as depots
from beffroi.reponse.depots.models import DepotMateriel, Enveloppe, Pli
from beffroi.seance.ouverture import ports, queries, rules
from beffroi.seance.ouverture.identites import PliIdentifie, plis_identifies
from beffroi.seance.ouverture.models import FichierOuvert, OuverturePli, Participant, Seance
from beffroi.seance.ouverture.permissions import ACTES
from beffroi.seance.ouverture.retards import preuves_du_retard
from beffroi.seance.ouverture.states import FINIES, EtatDeSeance
from beffroi.seance.ouverture.tables import TableDeCles
from formats import dates

ETAPES = (
    "installer la séance",
    "lire le registre des dépôts",
    "tourner les clés",
    "ouvrir les enveloppes",
    "décider pour les réponses hors délai",
    "relire le récapitulatif",
    "écrire le procès-verbal",
    "clore la séance",
)
FichierSurveille = tuple[FichierOuvert, ports.SurveillanceDuFichier]
OUVERTES = (OuverturePli.Etat.OUVERTE, OuverturePli.Etat.ILLISIBLE)
SIGNES_DES_PLIS = {
    OuverturePli.Etat.SCELLEE: ("gris", "Scellée", "cadenas"),
    OuverturePli.Etat.EN_COURS: ("cours", "En ouverture", "demi"),
    OuverturePli.Etat.OUVERTE: ("ok", "Ouverte", "ok"),
    OuverturePli.Etat.ILLISIBLE: ("danger", "Illisible", "stop"),
    OuverturePli.Etat.ECARTEE: ("attention", "Laissée scellée", "cadenas"),
}


@dataclass(frozen=True)
class Etape:
    """Une marche de la barre : faite, présente ou à venir."""

    classe: str


@dataclass(frozen=True)
class Vignette:
    """Une enveloppe dans la bande du haut."""

    ouverture: OuverturePli
    nom: str
    detail: str
    ton: str
    mot: str
    signe: str
    dessin: str
    ici: bool


@dataclass(frozen=True)
class PieceRecue:
    """Une pièce attendue, et ce qu'on en voit."""

    intitule: str
    presente: bool


@dataclass(frozen=True)
class Prealable:
    """Une condition pour ouvrir : remplie ou non, et la phrase qui le dit."""

    remplie: bool
    texte: str
    detail: str = ""


class VueDUneTable:
    """Ce que la séance et sa répétition montrent de même : qui préside, qui est là, et ma place."""

    utilisateur: Utilisateur

    @property
    def table(self) -> TableDeCles:
        raise NotImplementedError

    @property
    def preside(self) -> bool:
        return self.table.presidee_par_id == self.utilisateur.pk

    @cached_property
    def place(self) -> Any:
        siennes = (
            place
            for place in self.presents
            if place.utilisateur_id == self.utilisateur.pk and place.connecte_le is not None
        )
        return next(siennes, None)

    @cached_property
    def presents(self) -> list[Any]:
        return queries.places_de(self.table)


@dataclass
class Tableau(VueDUneTable):
    """La séance vue par une personne."""

    seance: Seance
    utilisateur: Utilisateur
    maintenant: datetime
    choisie: str = ""
    etape_voulue: int = 0
    ouvertures: list[OuverturePli] = field(init=False)

    def __post_init__(self) -> None:
        self.ouvertures = queries.ouvertures_de(self.seance)

    @property
    def consultation(self) -> Consultation:
        return self.seance.consultation

    @cached_property
    def etat(self) -> str:
        return queries.etat_vrai(self.seance)

    @property
    def table(self) -> Seance:
        return self.seance

    @cached_property
    def en_question(self) -> list[list[Pli]]:
        """Entreprise par entreprise, ce que qui préside doit dire avant d'ouvrir ;
        rien avant l'heure limite.
        """
        if self.etat in FINIES or self.maintenant <= self.seance.limite:
            return []
        return depots.plis_en_question(self.consultation, self.seance.tour)

    @cached_property
    def identifies(self) -> list[PliIdentifie]:
        """Ce que l'on sait de qui a déposé ; rien avant l'heure limite."""
        return plis_identifies(self.consultation, self.seance.tour, le=self.maintenant)

    @property
    def porteurs(self) -> list[Participant]:
        """Les personnes qui ouvrent : celles qui confirment le code, et dont la clé se tourne."""
        return [place for place in self.presents if place.ouvre]

    @property
    def est_gardien(self) -> bool:
        """Un gardien n'est pas de l'organisme :
        la séance lui est ouverte, le reste de la consultation non.
        """
        return any(
            place.gardien and place.utilisateur_id == self.utilisateur.pk for place in self.presents
        )

    @property
    def peut_emporter(self) -> bool:
        """La séance est installée, et la personne ouvre : elle peut emporter les plis scellés."""
        return (
            self.etape < 8
            and self.seance.installee_le is not None
            and bool(self.place and self.place.ouvre)
        )

    @property
    def autour(self) -> list[Participant]:
        return [place for place in self.presents if place.connecte_le]

    @property
    def tous_ont_declare(self) -> bool:
        declarants = [place for place in self.autour if place.utilisateur_id]
        return bool(declarants) and all(place.sans_conflit_le for place in declarants)

    @property
    def clef_de_la_porte(self) -> str:
        """« 2 sur 3 suffisent pour ouvrir. »"""
        seuil = queries.seuil_de(self.seance)
        cles = [
            place for place in self.porteurs if place.gardien or not self.seance.par_les_gardiens
        ]
        qui = "gardiens " if self.seance.par_les_gardiens else ""
        return f"{seuil} {qui}sur {len(cles)} {'suffisent' if seuil > 1 else 'suffit'} pour ouvrir."

    @property
    def suivante(self) -> OuverturePli | None:
        a_ouvrir = (OuverturePli.Etat.SCELLEE, OuverturePli.Etat.EN_COURS)
        return next((o for o in self.ouvertures if o.etat in a_ouvrir), None)

    @property
    def courante(self) -> OuverturePli | None:
        """Celle qu'on a choisie, sinon la dernière ouverte."""
        ouvertes = [o for o in self.ouvertures if o.etat in OUVERTES]
        choisies = [o for o in ouvertes if o.reference == self.choisie]
        return next(iter(choisies), max(ouvertes, key=lambda o: o.rang, default=None))

    @property
    def fichiers(self) -> list[FichierSurveille]:
        """Ce qui sort de l'enveloppe à l'écran, et ce que l'antivirus en dit déjà."""
        sortis = list(self.courante.fichiers.select_related("ouverture")) if self.courante else []
        dites = ports.surveillance_des_fichiers(sortis, le=self.maintenant)
        return [(fichier, dites[fichier.pk]) for fichier in sortis]

    @cached_property
    def hors_delai(self) -> list[Pli]:
        return queries.plis_hors_delai_a_decider(self.seance)

    @property
    def etape(self) -> int:
        if self.seance.etat in FINIES:
            return 8
        if self.etat == EtatDeSeance.PREPAREE:
            return 1
        if self.seance.registre_lu_le is None:
            return 2
        if self.etat == EtatDeSeance.CLES_EN_COURS or (
            self.etat == EtatDeSeance.SUSPENDUE and self.suivante
        ):
            return 3
        return self.etape_voulue or 4

    @property
    def etapes(self) -> list[Etape]:
        return marches(self.etape, len(ETAPES))

    @property
    def nom_de_l_etape(self) -> str:
        return ETAPES[self.etape - 1]

    @property
    def etape_d_apres(self) -> str:
        """Ce qui vient ensuite ; l'étape du retard ne s'annonce que s'il y en a."""
        suite = ETAPES[self.etape :]
        if not self.hors_delai:
            suite = tuple(nom for nom in suite if nom != ETAPES[4])
        return suite[0] if suite else ""

    @property
    def bande(self) -> list[Vignette]:
        courante = self.courante
        return [
            vignette(o, ici=courante is not None and o.pk == courante.pk) for o in self.proposees
        ]

    @property
    def proposees(self) -> list[OuverturePli]:
        """Celles que la séance ouvre : les réponses hors délai laissées scellées n'en sont pas."""
        return [o for o in self.ouvertures if o.etat != OuverturePli.Etat.ECARTEE]

    @property
    def nombre(self) -> int:
        return len(self.proposees)

    @property
    def decidees(self) -> list[OuverturePli]:
        """Une ligne par réponse hors délai décidée, quel que soit le nombre de ses enveloppes."""
        return list({o.pli_id: o for o in self.ouvertures if o.decision}.values())

    @property
    def ouvertes(self) -> int:
        return sum(o.etat in OUVERTES for o in self.ouvertures)

    @property
    def version(self) -> str:
        """Change quand l'écran doit changer."""
        faits = [
            self.etat,
            str(self.seance.registre_lu_le),
            self.seance.presidee_par_id,
            len(self.seance.incidents),
        ]
        faits += [
            f"{o.rang}{o.etat}{len(o.observations)}{o.non_rendue_le}" for o in self.ouvertures
        ]
        faits += [
            f"{p.pk}{bool(p.connecte_le)}{bool(p.sans_conflit_le)}{bool(p.cle_tournee_le)}"
            for p in self.presents
        ]
        return "/".join(map(str, faits))


def marches(ici: int, nombre: int) -> list[Etape]:
    """Les marches de la barre, jusqu'à la présente et après elle."""
    return [Etape("fait" if n < ici else "ici" if n == ici else "") for n in range(1, nombre + 1)]


def signe_de(ouverture: OuverturePli) -> tuple[str, str, str]:
    """Le ton, le mot et le signe de l'état d'une enveloppe."""
    return SIGNES_DES_PLIS[OuverturePli.Etat(ouverture.etat)]


def vignette(ouverture: OuverturePli, *, ici: bool) -> Vignette:
    ton, mot, signe = signe_de(ouverture)
    if ici and ouverture.etat == OuverturePli.Etat.OUVERTE:
        ton, mot, signe = "cours", "En lecture", "demi"
    dessin = "lecture" if ici else "ouvert" if ouverture.etat in OUVERTES else "scelle"
    return Vignette(
        ouverture=ouverture,
        nom=ouverture.pli.equipe.nom,
        detail=nature(ouverture),
        ton=ton,
        mot=mot,
        signe=signe,
        dessin=dessin,
        ici=ici,
    )


def nature(ouverture: OuverturePli) -> str:
    """« Offre, lot 2 »."""
    enveloppe, tour = ouverture.enveloppe, ouverture.pli.tour
    lot = f", lot {enveloppe.lot}" if enveloppe.lot else ""
    suite = f", tour {tour.numero}" if tour and tour.numero > 1 else ""
    return f"{enveloppe.get_sorte_display()}{lot}{suite}"


def fichiers_surveilles(
    consultation: Consultation, *, le: datetime
) -> list[tuple[OuverturePli, str, list[FichierSurveille]]]:
    """Les enveloppes ouvertes, leur nature, et chaque fichier avec ce que l'antivirus en dit."""
    ouvertures = queries.fichiers_ouverts(consultation)
    tous = [fichier for ouverture in ouvertures for fichier in ouverture.fichiers.all()]
    dites = ports.surveillance_des_fichiers(tous, le=le)
    return [
        (o, nature(o), [(fichier, dites[fichier.pk]) for fichier in o.fichiers.all()])
        for o in ouvertures
    ]


def pieces(ouverture: OuverturePli, consultation: Consultation) -> list[PieceRecue]:
    """Les pièces attendues dans cette enveloppe.

    Le nom du fichier dit la pièce ; le reste se vérifie en lisant.
    """
    attendues = consultation.pieces_attendues.filter(enveloppe=ouverture.enveloppe.sorte)
    if ouverture.enveloppe.lot:
        attendues = attendues.filter(lot=None) | attendues.filter(
            lot__numero=ouverture.enveloppe.lot
        )
    intitules = [piece.intitule for piece in attendues]
    nommees = rules.pieces_nommees(
        pieces=intitules, fichiers=[fichier.nom for fichier in ouverture.fichiers.all()]
    )
    return [PieceRecue(intitule, presente=intitule in nommees) for intitule in intitules]


def preparation(
    consultation: Consultation, utilisateur: Utilisateur, *, le: datetime
) -> dict[str, object]:
    """Le panneau des préalables, avant toute séance."""
    tour = queries.tour_a_ouvrir(consultation)
    limite = tours.limite_de(consultation, tour)
    passee = rules.peut_s_ouvrir(date_limite=limite, maintenant=le).favorable
    membres = list(consultation.membres_qui_ouvrent.select_related("utilisateur"))
    habilitation = habilitation_dans(utilisateur, consultation.organisme, le)
    return {
        "consultation": consultation,
        "passee": passee,
        "prealables": [
            prealable_de_l_heure(limite, passee=passee),
            *prealables_des_cles(consultation, len(membres)),
        ],
        "decompte": compte_des_depots(consultation, tour) if passee else None,
        "membres": membres,
        "en_cours": queries.seance_en_cours(consultation),
        "finies": consultation.seances.filter(etat__in=FINIES).order_by("creee_le"),
        "tour": tour,
        "reste_a_ouvrir": reste_a_ouvrir(consultation, tour),
        "peut_preparer": permet(habilitation, "preparer_la_seance", ACTES),
        "plis_fermes": plis_fermes(consultation, le=le) if passee or tour else [],
        "gardiens": queries.gardiens_de(consultation, tour),
    }


def reste_a_ouvrir(consultation: Consultation, tour: Tour | None) -> bool:
    """Aucune séance n'a encore ouvert ce temps de la procédure."""
    if tour is None:
        return consultation.etat in (Consultation.Etat.PUBLIEE, Consultation.Etat.CLOSE)
    return not consultation.seances.filter(tour=tour, etat=EtatDeSeance.CLOSE).exists()


def prealable_de_l_heure(limite: datetime, *, passee: bool) -> Prealable:
    mot = "est passée" if passee else "n'est pas passée"
    return Prealable(passee, f"L'heure limite {mot}", dates.jour_et_heure(limite))


def prealables_des_cles(consultation: Consultation, membres: int) -> list[Prealable]:
    double = consultation.politique_de_cles == PaireDeCles.Politique.DOUBLE
    cles = (
        "deux personnes tournent leur clé"
        if double
        else "une personne tourne sa clé, une autre confirme"
    )
    return [
        Prealable(
            membres >= rules.PERSONNES_POUR_OUVRIR,
            f"{membres} personnes sont désignées pour ouvrir",
        ),
        Prealable(
            True,
            "Deux personnes se connectent, chacune sur son appareil",
            f"Règle choisie : {cles}.",
        ),
    ]


def compte_des_depots(consultation: Consultation, tour: Tour | None) -> dict[str, int]:
    plis = depots.plis_proposes(consultation, tour)
    return {
        "a_temps": len(plis),
        "a_ouvrir": len(
            {enveloppe.pli_id for enveloppe in queries.enveloppes_a_proposer(consultation, tour)}
        ),
        "hors_delai": len(depots.plis_hors_delai(consultation, tour)),
        "copies": consultation.depots_materiels.filter(
            sorte=DepotMateriel.Sorte.COPIE_DE_SAUVEGARDE
        ).count(),
    }


def plis_fermes(consultation: Consultation, *, le: datetime) -> list[Pli]:
    """Les réponses dont une enveloppe au moins n'est pas ouverte, retirées exclues :
    seul un acte motivé l'ouvre.
    """
    ouvertes = OuverturePli.objects.filter(etat=OuverturePli.Etat.OUVERTE).values("enveloppe")
    fermees = Enveloppe.objects.exclude(pk__in=ouvertes).values("pli")
    connus = depots.plis_connus(consultation, le=le)
    return list(connus.filter(pk__in=fermees).exclude(etat=Pli.Etat.RETIRE))


def retards(tableau: Tableau) -> list[dict[str, Any]]:
    """Chaque réponse hors délai,
    avec ses preuves et la copie de sauvegarde qui lui répond peut-être.
    """
    limite = tableau.seance.limite
    materiels = list(tableau.consultation.depots_materiels.all())
    return [
        {
            "pli": pli,
            "preuves": preuves_du_retard(pli, date_limite=limite),
            "commence_avant": pli.debut_transmission <= limite,
            "copies": [depot for depot in materiels if depot.deposant == pli.equipe.nom],
        }
        for pli in tableau.hors_delai
    ]
