"""Une base d'avant les équipes : qui reste avec qui, et qui se tient à part."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from beffroi.personnes.entreprises.migrations._separation import separer_ces_membres

LUNDI = datetime(2026, 11, 2, 9, tzinfo=UTC)
JOUR = timedelta(days=1)
CHAMPS = "nature pays identifiant numero_d_entreprise nom taille adresse code_postal"


class Base:
    """Les modèles de la migration, réduits à ce qu'elle en demande."""

    def __init__(self, confirmations: dict[str, str]) -> None:
        self.confirmations, self.demandes, self.equipes = confirmations, [], []

    def get_model(self, contexte: str, nom: str) -> SimpleNamespace:
        return SimpleNamespace(objects=getattr(self, nom.lower()))

    @property
    def ecriture(self) -> SimpleNamespace:
        def filter(*, acte: str, sujet: str):
            qui = self.confirmations.get(sujet)
            trouvee = SimpleNamespace(acteur_reference=qui) if qui else None
            return SimpleNamespace(first=lambda: trouvee)

        return SimpleNamespace(filter=filter)

    @property
    def equipe(self) -> SimpleNamespace:
        def create(**champs):
            self.equipes.append(SimpleNamespace(pk=100 + len(self.equipes), **champs))
            return self.equipes[-1]

        return SimpleNamespace(create=create)

    @property
    def demandederejoindre(self) -> SimpleNamespace:
        return SimpleNamespace(get_or_create=lambda **champs: self.demandes.append(champs))


class FauxMembre(SimpleNamespace):
    """Comme un modèle : donner l'équipe donne sa clé."""

    def __setattr__(self, nom: str, valeur: object) -> None:
        super().__setattr__(nom, valeur)
        if nom == "equipe":
            super().__setattr__("equipe_id", valeur.pk)


ORIGINE = SimpleNamespace(pk=1, entreprise_id=1, **dict.fromkeys(CHAMPS.split(), ""))


def membre(nom: str, *, depuis: int, confirme: int | None, parti: int | None = None):
    jour = lambda rang: None if rang is None else LUNDI + rang * JOUR  # noqa: E731
    return FauxMembre(
        reference=f"M-{nom}",
        equipe=ORIGINE,
        equipe_id=ORIGINE.pk,
        utilisateur=SimpleNamespace(reference=nom),
        utilisateur_id=nom,
        reconnu_par_id=None,
        depuis_le=jour(depuis),
        confirme_le=jour(confirme),
        jusqu_au=jour(parti),
        save=lambda: None,
    )


def separer(*membres, confirmations=()):
    base = Base(dict(confirmations))
    separer_ces_membres(base, list(membres))
    return base


def reste(un) -> bool:
    return un.equipe is ORIGINE


def test_qui_a_ete_confirme_par_un_collegue_reste_avec_lui():
    sophie, kevin = membre("sophie", depuis=0, confirme=0), membre("kevin", depuis=1, confirme=2)

    separer(sophie, kevin, confirmations={"M-kevin": "sophie"})

    assert reste(kevin) and kevin.reconnu_par_id == "sophie"


def test_qui_n_a_jamais_ete_confirme_se_tient_a_part_et_demande_encore():
    sophie, ivan = membre("sophie", depuis=0, confirme=0), membre("ivan", depuis=1, confirme=None)

    base = separer(sophie, ivan)

    assert not reste(ivan) and ivan.reconnu_par_id is None
    assert [demande["utilisateur"].reference for demande in base.demandes] == ["ivan"]


def test_qui_a_ete_confirme_d_office_apres_le_dernier_depart_se_tient_a_part():
    lucie = membre("lucie", depuis=0, confirme=0, parti=3)
    suivant = membre("ivan", depuis=4, confirme=4)

    base = separer(lucie, suivant)

    assert not reste(suivant) and base.demandes == []


def test_une_personne_invitee_est_au_compte_du_plus_ancien_des_presents():
    """L'invitation confirmait d'emblée, et le registre ne disait pas qui avait invité."""
    sophie, ines = membre("sophie", depuis=0, confirme=0), membre("ines", depuis=2, confirme=2)

    separer(sophie, ines)

    assert reste(ines) and ines.reconnu_par_id == "sophie"


def test_qui_suit_une_personne_a_part_reste_avec_elle():
    sophie = membre("sophie", depuis=0, confirme=0, parti=1)
    ivan = membre("ivan", depuis=2, confirme=2)
    complice = membre("marc", depuis=3, confirme=4)

    separer(sophie, ivan, complice, confirmations={"M-marc": "ivan"})

    assert complice.equipe_id == ivan.equipe.pk != ORIGINE.pk
