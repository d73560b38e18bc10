// The one place that knows which icon set is used. Icons never speak alone: words stand beside them.
import ArrowDown from 'lucide-solid/icons/arrow-down'
import ArrowUp from 'lucide-solid/icons/arrow-up'
import Building from 'lucide-solid/icons/building'
import Check from 'lucide-solid/icons/check'
import CircleAlert from 'lucide-solid/icons/circle-alert'
import CircleUser from 'lucide-solid/icons/circle-user'
import CloudOff from 'lucide-solid/icons/cloud-off'
import Eye from 'lucide-solid/icons/eye'
import Handshake from 'lucide-solid/icons/handshake'
import Hourglass from 'lucide-solid/icons/hourglass'
import House from 'lucide-solid/icons/house'
import Info from 'lucide-solid/icons/info'
import Receipt from 'lucide-solid/icons/receipt'
import Search from 'lucide-solid/icons/search'
import Send from 'lucide-solid/icons/send'
import Shield from 'lucide-solid/icons/shield'
import User from 'lucide-solid/icons/user'
import Users from 'lucide-solid/icons/users'
import Wifi from 'lucide-solid/icons/wifi'
import X from 'lucide-solid/icons/x'
import type { Component } from 'solid-js'
import { Dynamic } from 'solid-js/web'

export type IconName =
  | 'ArrowDown'
  | 'ArrowUp'
  | 'Building'
  | 'Check'
  | 'CircleAlert'
  | 'CircleUser'
  | 'CloudOff'
  | 'Eye'
  | 'Handshake'
  | 'Hourglass'
  | 'House'
  | 'Info'
  | 'Receipt'
  | 'Search'
  | 'Send'
  | 'Shield'
  | 'User'
  | 'Users'
  | 'Wifi'
  | 'X'

const icons: Readonly<Record<IconName, Component<{ readonly 'aria-hidden': 'true' }>>> = {
  ArrowDown,
  ArrowUp,
  Building,
  Check,
  CircleAlert,
  CircleUser,
  CloudOff,
  Eye,
  Handshake,
  Hourglass,
  House,
  Info,
  Receipt,
  Search,
  Send,
  Shield,
  User,
  Users,
  Wifi,
  X,
}

export function Icon(props: { readonly name: IconName }) {
  return <Dynamic component={icons[props.name]} aria-hidden="true" />
}
