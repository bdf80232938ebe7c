from optimiser.api import Model as Model
from optimiser.api import Plan as Plan
from optimiser.api import Study as Study
from optimiser.api import check as check
from optimiser.api import compare as compare
from optimiser.api import frontier as frontier
from optimiser.api import load as load
from optimiser.api import read as read
from optimiser.api import sweep as sweep
from optimiser.errors import CannotWrite as CannotWrite
from optimiser.errors import FaultsFound as FaultsFound
from optimiser.errors import NoPlan as NoPlan
from optimiser.errors import OptimiserError as OptimiserError
from optimiser.errors import Stopped as Stopped

__version__: str
